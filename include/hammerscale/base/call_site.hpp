#pragma once

#include <cstdint>
#include <source_location>
#include <string>

namespace hammerscale {

/// Where in the user's program an operator was called.
struct CallSite {
  std::string file;
  std::uint32_t line = 0;
  [[nodiscard]] static CallSite of(const std::source_location& where) { return {where.file_name(), where.line()}; }
};

/// "file:line".
inline std::string to_string(const CallSite& site) { return site.file + ':' + std::to_string(site.line); }

}  // namespace hammerscale
