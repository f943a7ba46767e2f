#include "hammerscale/serde/reader.hpp"

#include "hammerscale/base/error.hpp"

namespace hammerscale {

void Reader::fail_short(std::uint64_t wanted) const {
  throw ResourceError(ErrorCode::kCorruptBlock, "encoded bytes end too early",
                      {{"wanted_bytes", std::to_string(wanted)}, {"remaining_bytes", std::to_string(remaining())}});
}

void Reader::fail_value(const char* what) const {
  throw ResourceError(ErrorCode::kCorruptBlock, "encoded bytes are no value of their type",
                      {{"what", what}, {"remaining_bytes", std::to_string(remaining())}});
}

void Reader::fail_length() const {
  throw ResourceError(ErrorCode::kCorruptBlock, "an encoded length is longer than ten bytes");
}

}  // namespace hammerscale
