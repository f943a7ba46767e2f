#include "output_options.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/storage/file_descriptor.hpp"

namespace hammerscale::program {
namespace {

namespace fs = std::filesystem;

/// A hidden name beside the path, of this process alone.
std::string temporary_name(const fs::path& path) {
  const auto name = "." + path.filename().string() + "." + std::to_string(::getpid()) + ".tmp";
  return (path.parent_path() / name).string();
}

void rename_or_throw(const std::string& from, const std::string& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) { throw_output_error(to, errno); }
}

/// The number in "part-00017" or "part-00017.gz"; nothing for other names.
std::optional<std::uint64_t> part_number(const std::string& name) {
  constexpr std::string_view kPrefix = "part-";
  if (!name.starts_with(kPrefix)) { return std::nullopt; }
  std::uint64_t number = 0;
  const auto* const begin = name.data() + kPrefix.size();
  const auto [end, status] = std::from_chars(begin, name.data() + name.size(), number);
  return status == std::errc{} && end != begin ? std::optional(number) : std::nullopt;
}

}  // namespace

void throw_output_error(const std::string& path, int reason) {
  if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG) {
    throw ResourceError(ErrorCode::kDiskFull, "no space is left for an output",
                        {{"path", path}, {"reason", std::strerror(reason)}});
  }
  throw UserError(ErrorCode::kOutput, "cannot write an output", {{"path", path}, {"reason", std::strerror(reason)}});
}

void OutputOptions::add_to(CLI::App& command, bool required) {
  auto* const option =
      command.add_option("--output", path, "File (a name with an extension) or folder of part files to write");
  option->type_name("PATH");
  if (required) { option->required(); }
  add_existing_flags(command);
}

void OutputOptions::add_existing_flags(CLI::App& command) {
  command.add_flag("--overwrite", overwrite, "Replace an output that exists");
  command.add_flag("--append", append, "Add to an output that exists");
}

void OutputOptions::check() const {
  if (overwrite && append) {
    throw UserError(ErrorCode::kInvalidArgument, "--overwrite and --append exclude each other", {{"output", path}});
  }
  if ((overwrite || append) && !given()) {
    throw UserError(ErrorCode::kInvalidArgument, "--overwrite and --append need --output");
  }
}

bool OutputOptions::is_one_file() const { return always_one_file || fs::path(path).has_extension(); }

std::string OutputOptions::codec() const {
  if (!compression.empty()) { return compression; }
  const auto extension = fs::path(path).extension().string();
  return extension == ".gz" ? "gzip" : extension == ".zst" ? "zstd" : extension == ".bz2" ? "bzip2" : "";
}

PendingOutput::PendingOutput(const OutputOptions& options)
    : path_(options.path), one_file_(options.is_one_file()), append_(options.append) {
  while (path_.size() > 1 && path_.ends_with('/')) { path_.pop_back(); }
  struct stat info {};
  const bool exists = ::lstat(path_.c_str(), &info) == 0;
  if (exists && !options.overwrite && !options.append) {
    throw UserError(ErrorCode::kFileExists, "the output exists; --overwrite replaces it, --append adds to it",
                    {{"path", path_}});
  }
  if (exists && S_ISDIR(info.st_mode) == one_file_) {
    throw UserError(
        ErrorCode::kFileExists,
        one_file_ ? "the output is to be a file and is a folder" : "the output is to be a folder and is a file",
        {{"path", path_}});
  }
  replaces_ = exists && options.overwrite;
  append_ = exists && options.append;
  temporary_ = temporary_name(path_);
  if (one_file_) {
    if (append_) { prefix_file_ = path_; }
    // The tasks write it; what can be known beforehand fails here, where nothing has been computed yet.
    const auto parent = fs::path(path_).parent_path();
    if (::access(parent.empty() ? "." : parent.c_str(), W_OK | X_OK) != 0) { throw_output_error(path_, errno); }
    return;
  }
  std::error_code status;
  fs::create_directories(temporary_, status);
  if (status) { throw_output_error(path_, status.value()); }
}

PendingOutput::~PendingOutput() {
  if (committed_) { return; }
  std::error_code status;
  fs::remove_all(temporary_, status);
}

void PendingOutput::commit() {
  if (one_file_) {
    commit_file();
  } else {
    commit_folder();
  }
  committed_ = true;
}

void PendingOutput::commit_file() const { rename_or_throw(temporary_, path_); }

void PendingOutput::commit_folder() const {
  if (append_) {
    append_parts();
  } else if (replaces_) {
    const auto old = temporary_ + ".old";
    rename_or_throw(path_, old);
    if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
      const int reason = errno;
      ::rename(old.c_str(), path_.c_str());
      throw_output_error(path_, reason);
    }
    std::error_code status;
    fs::remove_all(old, status);
  } else {
    rename_or_throw(temporary_, path_);
  }
  const auto success = path_ + "/_SUCCESS";
  const storage::FileDescriptor file(::open(success.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666));
  if (file.get() < 0) { throw_output_error(success, errno); }
}

void PendingOutput::append_parts() const {
  std::uint64_t next = 0;
  for (const auto& entry : fs::directory_iterator(path_)) {
    if (const auto number = part_number(entry.path().filename().string())) { next = std::max(next, *number + 1); }
  }
  std::vector<std::string> parts;
  for (const auto& entry : fs::directory_iterator(temporary_)) { parts.push_back(entry.path().filename().string()); }
  std::sort(parts.begin(), parts.end());
  for (const auto& part : parts) {
    const auto number = part_number(part);
    if (!number) { continue; }
    const auto extension = part.find('.');
    char name[32];
    std::snprintf(name, sizeof(name), "part-%05llu", static_cast<unsigned long long>(next + *number));
    rename_or_throw(temporary_ + "/" + part,
                    path_ + "/" + name + (extension == std::string::npos ? "" : part.substr(extension)));
  }
  std::error_code status;
  fs::remove_all(temporary_, status);
}

}  // namespace hammerscale::program
