#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "hammerscale/base/error.hpp"

namespace hammerscale::comm {

/// An error as bytes, for the way to another rank of the same program.
std::vector<std::byte> to_bytes(const ErrorInfo& error);

/// Reads what to_bytes wrote.
/// @throws InternalError  the bytes are cut short or were never an error.
ErrorInfo error_from_bytes(std::span<const std::byte> bytes);

}  // namespace hammerscale::comm
