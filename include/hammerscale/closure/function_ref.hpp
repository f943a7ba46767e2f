#pragma once

#include <cstdint>
#include <string>

namespace hammerscale {

/// A function of this program in a form that is valid in every process that runs the same binary: the loaded module
/// it lies in, by the hash of the module's file name, and its offset there. Address randomisation moves modules, not
/// offsets inside them.
struct FunctionRef {
  std::uint64_t module_hash = 0;
  std::uint64_t offset = 0;
  friend bool operator==(const FunctionRef&, const FunctionRef&) = default;
};

/// @throws InternalError  the address lies in no loaded module.
FunctionRef to_function_ref(const void* address);

/// Address of the function in this process.
/// @throws ResourceError kMixedBinaries  the module is not loaded here or ends before the offset.
const void* resolve(const FunctionRef& ref);

template <typename R, typename... Args>
FunctionRef to_function_ref(R (*function)(Args...)) {
  return to_function_ref(reinterpret_cast<const void*>(function));
}

template <typename Function>
Function resolve_as(const FunctionRef& ref) {
  return reinterpret_cast<Function>(const_cast<void*>(resolve(ref)));
}

/// Identifies the program and every library that may hold closures: a hash over the GNU build ids (or, where the
/// linker wrote none, over sizes of the loaded segments) of the executable and of all modules whose name holds
/// "hammerscale". Equal ids mean that FunctionRefs of one process are valid in the other.
std::string build_id();

}  // namespace hammerscale
