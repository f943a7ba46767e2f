#include "hammerscale/storage/scratch.hpp"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "hammerscale/base/error.hpp"
#include "hammerscale/base/log.hpp"

namespace hammerscale::storage {
namespace {

/// A descriptor, or the errno of the failure.
struct Opened {
  FileDescriptor file;
  int error = 0;
};

/// For file systems without O_TMPFILE (NFS, some parallel ones): a name that lives for two system calls.
Opened open_and_unlink(const std::string& folder) {
  static std::atomic<std::uint64_t> counter{0};
  constexpr int kAttempts = 100;  // each name is new to this process; a stranger may have taken it
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const std::string name = folder + "/.hammerscale-" + std::to_string(getpid()) + "-" + std::to_string(counter++);
    FileDescriptor file(::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file.is_open()) {
      if (::unlink(name.c_str()) != 0) { return {FileDescriptor(), errno}; }
      return {std::move(file), 0};
    }
    if (errno != EEXIST) { return {FileDescriptor(), errno}; }
  }
  return {FileDescriptor(), EEXIST};
}

Opened open_unnamed_in(const std::string& folder) {
  FileDescriptor file(::open(folder.c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600));
  if (file.is_open()) { return {std::move(file), 0}; }
  // EISDIR and EINVAL come from kernels and file systems that do not know the flag.
  if (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL) { return open_and_unlink(folder); }
  return {FileDescriptor(), errno};
}

/// 0 when a file in the folder can be made and written, else errno.
int try_folder(const std::string& folder) {
  struct stat status {};
  if (::stat(folder.c_str(), &status) != 0) { return errno; }
  if (!S_ISDIR(status.st_mode)) { return ENOTDIR; }
  const Opened opened = open_unnamed_in(folder);
  if (!opened.file.is_open()) { return opened.error; }
  const char byte = 0;
  return ::write(opened.file.get(), &byte, 1) == 1 ? 0 : errno;
}

bool lies_in_memory(const std::string& folder) {
  struct statfs status {};
  if (::statfs(folder.c_str(), &status) != 0) { return false; }
  const auto type = static_cast<unsigned long>(status.f_type);
  return type == TMPFS_MAGIC || type == RAMFS_MAGIC;
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr ? value : "";
}

std::string choose_folder(std::string_view asked) {
  std::string required(asked);
  std::string source = "option";
  if (required.empty()) {
    required = environment("HAMMERSCALE_SCRATCH");
    source = "HAMMERSCALE_SCRATCH";
  }
  if (!required.empty()) {
    const int error = try_folder(required);
    if (error == 0) { return required; }
    throw UserError(ErrorCode::kPermission, "the scratch folder cannot hold files",
                    {{"path", required}, {"source", source}, {"reason", std::strerror(error)}});
  }
  std::vector<ErrorField> refused;
  for (const std::string& candidate :
       {environment("SLURM_TMPDIR"), environment("TMPDIR"), std::string("/tmp"), std::string("/dev/shm")}) {
    if (candidate.empty()) { continue; }
    const int error = try_folder(candidate);
    if (error == 0) { return candidate; }
    refused.emplace_back(candidate, std::strerror(error));
  }
  throw UserError(ErrorCode::kPermission, "no scratch folder can hold files; set HAMMERSCALE_SCRATCH",
                  std::move(refused));
}

}  // namespace

Scratch::Scratch(std::string_view folder) : path_(choose_folder(folder)), is_memory_(lies_in_memory(path_)) {
  if (is_memory_) { HS_LOG_INFO("storage.scratch.in_memory", {"path", path_}); }
}

std::uint64_t Scratch::free_bytes() const {
  struct statvfs status {};
  if (::statvfs(path_.c_str(), &status) != 0) {
    throw ResourceError(ErrorCode::kInput, "the scratch file system does not answer",
                        {{"path", path_}, {"reason", std::strerror(errno)}}, true);
  }
  return static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize;
}

FileDescriptor Scratch::open_unnamed() const {
  Opened opened = open_unnamed_in(path_);
  if (opened.file.is_open()) { return std::move(opened.file); }
  const bool full = opened.error == ENOSPC || opened.error == EDQUOT;
  throw ResourceError(full ? ErrorCode::kDiskFull : ErrorCode::kOutput, "a scratch file cannot be made",
                      {{"path", path_}, {"reason", std::strerror(opened.error)}}, true);
}

}  // namespace hammerscale::storage
