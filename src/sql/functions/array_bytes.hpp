#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace hammerscale::sql {

/// The bytes of an array of plain values, as states export them: in the machine's order, for machines of one kind.
template <typename T>
std::string_view bytes_of(const std::vector<T>& values) noexcept {
  static_assert(std::is_trivially_copyable_v<T>);
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(T)};
}

/// Appends the values whose bytes_of() are given.
template <typename T>
void append_bytes(std::vector<T>& values, std::string_view bytes) {
  static_assert(std::is_trivially_copyable_v<T>);
  const std::size_t num_known = values.size();
  values.resize(num_known + bytes.size() / sizeof(T));
  if (!bytes.empty()) { std::memcpy(values.data() + num_known, bytes.data(), bytes.size() / sizeof(T) * sizeof(T)); }
}

}  // namespace hammerscale::sql
