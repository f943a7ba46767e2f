#include "hammerscale/closure/function_ref.hpp"

#include <link.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <string_view>
#include <vector>

#include "hammerscale/base/error.hpp"

namespace hammerscale {
namespace {

constexpr std::uint64_t kFnvOffset = 0xcbf29ce484222325ULL;
constexpr std::uint64_t kFnvPrime = 0x100000001b3ULL;

std::uint64_t fnv(std::string_view bytes, std::uint64_t hash = kFnvOffset) {
  for (const char c : bytes) { hash = (hash ^ static_cast<unsigned char>(c)) * kFnvPrime; }
  return hash;
}

struct Module {
  std::uint64_t name_hash;
  std::string name;
  std::uintptr_t base;
  std::uintptr_t begin;
  std::uintptr_t end;
  std::string identity;  // GNU build id, or the layout of the segments.
};

std::string read_identity(const dl_phdr_info& info) {
  std::string layout;
  for (int i = 0; i < info.dlpi_phnum; ++i) {
    const auto& header = info.dlpi_phdr[i];
    layout += std::to_string(header.p_vaddr) + ':' + std::to_string(header.p_memsz) + ';';
    if (header.p_type != PT_NOTE) { continue; }
    const auto* note = reinterpret_cast<const char*>(info.dlpi_addr + header.p_vaddr);
    const char* const end = note + header.p_memsz;
    while (note + sizeof(ElfW(Nhdr)) <= end) {
      ElfW(Nhdr) head;
      std::memcpy(&head, note, sizeof(head));
      const char* const name = note + sizeof(head);
      const char* const bytes = name + ((head.n_namesz + 3) & ~3U);
      if (bytes + head.n_descsz > end) { break; }
      if (head.n_type == NT_GNU_BUILD_ID && head.n_namesz == 4 && std::memcmp(name, "GNU", 4) == 0) {
        return std::string(bytes, head.n_descsz);
      }
      note = bytes + ((head.n_descsz + 3) & ~3U);
    }
  }
  return layout;
}

int collect_module(dl_phdr_info* info, std::size_t /*size*/, void* out) {
  auto& modules = *static_cast<std::vector<Module>*>(out);
  Module module;
  // The executable comes first and has no name; ranks may start it by different paths.
  std::string_view path = info->dlpi_name == nullptr ? "" : info->dlpi_name;
  if (modules.empty()) { path = ""; }
  module.name = path.substr(path.rfind('/') + 1);
  module.name_hash = fnv(module.name);
  module.base = info->dlpi_addr;
  module.begin = UINTPTR_MAX;
  module.end = 0;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& header = info->dlpi_phdr[i];
    if (header.p_type != PT_LOAD) { continue; }
    module.begin = std::min<std::uintptr_t>(module.begin, info->dlpi_addr + header.p_vaddr);
    module.end = std::max<std::uintptr_t>(module.end, info->dlpi_addr + header.p_vaddr + header.p_memsz);
  }
  module.identity = read_identity(*info);
  modules.push_back(std::move(module));
  return 0;
}

std::vector<Module> list_modules() {
  std::vector<Module> modules;
  dl_iterate_phdr(&collect_module, &modules);
  return modules;
}

class ModuleTable {
 public:
  template <typename Predicate>
  Module find(Predicate predicate) {
    const std::lock_guard lock(mutex_);
    auto found = std::find_if(modules_.begin(), modules_.end(), predicate);
    if (found == modules_.end()) {
      modules_ = list_modules();  // A library may have been loaded since.
      found = std::find_if(modules_.begin(), modules_.end(), predicate);
    }
    return found == modules_.end() ? Module{} : *found;
  }

 private:
  std::mutex mutex_;
  std::vector<Module> modules_ = list_modules();
};

ModuleTable& module_table() {
  static ModuleTable table;
  return table;
}

}  // namespace

FunctionRef to_function_ref(const void* address) {
  const auto word = reinterpret_cast<std::uintptr_t>(address);
  const auto module =
      module_table().find([word](const Module& m) { return m.begin <= word && word < m.end; });
  if (module.end == 0) { throw InternalError("a function lies in no loaded module"); }
  return {module.name_hash, word - module.base};
}

const void* resolve(const FunctionRef& ref) {
  const auto module = module_table().find([&](const Module& m) { return m.name_hash == ref.module_hash; });
  const auto word = module.base + ref.offset;
  if (module.end == 0 || word < module.begin || word >= module.end) {
    throw ResourceError(ErrorCode::kMixedBinaries, "a function of the driver is not in this rank's program",
                        {{"offset", std::to_string(ref.offset)}});
  }
  return reinterpret_cast<const void*>(word);
}

std::string build_id() {
  std::uint64_t hash = kFnvOffset;
  const auto modules = list_modules();
  for (std::size_t i = 0; i < modules.size(); ++i) {
    if (i == 0 || modules[i].name.find("hammerscale") != std::string::npos) {
      hash = fnv(modules[i].name, hash);
      hash = fnv(modules[i].identity, hash);
    }
  }
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

}  // namespace hammerscale
