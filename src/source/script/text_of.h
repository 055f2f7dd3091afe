// Text across the border between C++ and JavaScript.
#pragma once

#include <jsapi.h>

#include <optional>
#include <string>
#include <string_view>

namespace tidemark::script {

/// UTF-8 of a value, converted as JavaScript converts it. Empty when the
/// conversion threw; the exception is left pending.
std::optional<std::string> text_of(JSContext* cx, JS::HandleValue value);

bool set_text(JSContext* cx, std::string_view text, JS::MutableHandleValue value);

/// Parses JSON text into a value.
bool set_json(JSContext* cx, std::string_view text, JS::MutableHandleValue value);

/// A property as text or number; nothing when it is absent, of another type, or throws.
std::optional<std::string> text_property(JSContext* cx, JS::HandleObject object, const char* name);
std::optional<double> number_property(JSContext* cx, JS::HandleObject object, const char* name);

}  // namespace tidemark::script
