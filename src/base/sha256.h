#pragma once

#include <string>
#include <string_view>

namespace tidemark {

/// Lower-case hexadecimal SHA-256 of the bytes, as the history table stores it.
std::string sha256(std::string_view bytes);

/// A random UUID, version 4, as snapshots use for their ids.
std::string random_uuid();

}  // namespace tidemark
