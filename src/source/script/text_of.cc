#include "source/script/text_of.h"

#include <js/CharacterEncoding.h>
#include <js/Conversions.h>
#include <js/JSON.h>
#include <js/PropertyAndElement.h>

namespace tidemark::script {

std::optional<std::string> text_of(JSContext* cx, JS::HandleValue value) {
  JS::RootedString string(cx, JS::ToString(cx, value));
  if (!string) return std::nullopt;
  JSLinearString* linear = JS_EnsureLinearString(cx, string);
  if (!linear) return std::nullopt;
  std::string text(JS::GetDeflatedUTF8StringLength(linear), '\0');
  JS::DeflateStringToUTF8Buffer(linear, mozilla::Span<char>(text.data(), text.size()));
  return text;
}

bool set_text(JSContext* cx, std::string_view text, JS::MutableHandleValue value) {
  JSString* string = JS_NewStringCopyUTF8N(cx, JS::UTF8Chars(text.data(), text.size()));
  if (!string) return false;
  value.setString(string);
  return true;
}

bool set_json(JSContext* cx, std::string_view text, JS::MutableHandleValue value) {
  JS::RootedString string(cx, JS_NewStringCopyUTF8N(cx, JS::UTF8Chars(text.data(), text.size())));
  return string && JS_ParseJSON(cx, string, value);
}

namespace {
bool get(JSContext* cx, JS::HandleObject object, const char* name, JS::MutableHandleValue value) {
  if (JS_GetProperty(cx, object, name, value)) return true;
  JS_ClearPendingException(cx);
  return false;
}
}  // namespace

std::optional<std::string> text_property(JSContext* cx, JS::HandleObject object, const char* name) {
  JS::RootedValue value(cx);
  if (!get(cx, object, name, &value) || !value.isString()) return std::nullopt;
  return text_of(cx, value);
}

std::optional<double> number_property(JSContext* cx, JS::HandleObject object, const char* name) {
  JS::RootedValue value(cx);
  if (!get(cx, object, name, &value) || !value.isNumber()) return std::nullopt;
  return value.toNumber();
}

}  // namespace tidemark::script
