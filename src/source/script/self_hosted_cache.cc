#include "source/script/self_hosted_cache.h"

#include <js/Initialization.h>

#include "tidemark/error.h"

namespace tidemark::script {

void start_self_hosted_code(JSContext* cx) {
  if (!JS::InitSelfHostedCode(cx)) throw Error(Fault::bug, "the JavaScript engine does not start");
}

}  // namespace tidemark::script
