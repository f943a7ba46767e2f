#include "hammerscale/dataset/text_files.hpp"

#include <fcntl.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "dataset/compressed_stream.hpp"
#include "hammerscale/base/byte_size.hpp"
#include "hammerscale/base/error.hpp"
#include "hammerscale/storage/file_descriptor.hpp"

namespace hammerscale {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kReadBytes = std::size_t{1} << 18;

[[noreturn]] void fail_input(const std::string& path, int reason) {
  const auto code = reason == ENOENT ? ErrorCode::kFileNotFound : ErrorCode::kInput;
  throw UserError(code, reason == ENOENT ? "input does not exist" : "cannot read an input",
                  {{"path", path}, {"reason", std::strerror(reason)}});
}

[[noreturn]] void fail_output(const std::string& path, int reason) {
  if (reason == ENOSPC || reason == EDQUOT || reason == EFBIG) {
    throw ResourceError(ErrorCode::kDiskFull, "no space is left for an output file",
                        {{"path", path}, {"reason", std::strerror(reason)}});
  }
  throw UserError(ErrorCode::kOutput, "cannot write an output file",
                  {{"path", path}, {"reason", std::strerror(reason)}});
}

bool is_visible(const std::string& name) { return !name.empty() && name[0] != '.' && name[0] != '_'; }

void add_folder(const std::string& folder, std::vector<std::string>& files) {
  std::vector<std::string> parts;
  std::vector<std::string> visible;
  std::error_code status;
  for (fs::directory_iterator it(folder, status), end; !status && it != end; it.increment(status)) {
    const auto name = it->path().filename().string();
    if (!is_visible(name) || !it->is_regular_file()) { continue; }
    (name.starts_with("part-") ? parts : visible).push_back(it->path().string());
  }
  if (status) { fail_input(folder, status.value()); }
  auto& chosen = parts.empty() ? visible : parts;
  std::sort(chosen.begin(), chosen.end());
  files.insert(files.end(), chosen.begin(), chosen.end());
}

void add_path(const std::string& path, std::vector<std::string>& files) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) { fail_input(path, errno); }
  if (S_ISDIR(info.st_mode)) {
    add_folder(path, files);
    return;
  }
  if (::access(path.c_str(), R_OK) != 0) { fail_input(path, errno); }
  files.push_back(path);
}

/// Cuts a stream of bytes into lines and hands them on in blocks.
class LineCutter {
 public:
  explicit LineCutter(Sink<std::string>& out) : block_(out) {}

  /// @return false when no more lines are wanted.
  bool take(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto* const end = static_cast<const char*>(std::memchr(bytes.data(), '\n', bytes.size()));
      if (end == nullptr) {
        rest_.append(bytes);
        return true;
      }
      const std::string_view line = bytes.substr(0, static_cast<std::size_t>(end - bytes.data()));
      bytes.remove_prefix(line.size() + 1);
      const bool open = rest_.empty() ? block_.emplace(line) : block_.emplace(std::move(rest_.append(line)));
      rest_.clear();
      if (!open) { return false; }
    }
    return true;
  }
  /// The last line may have no end.
  void finish() {
    if (!rest_.empty()) { block_.emplace(std::move(rest_)); }
    block_.flush();
  }

 private:
  OutputBlock<std::string> block_;
  std::string rest_;
};

/// Cuts a stream of bytes into texts of whole lines.
class TextCutter {
 public:
  explicit TextCutter(Sink<char>& out) : out_(out) {}

  bool take(std::string_view bytes) {
    const auto last_end = bytes.rfind('\n');
    if (last_end == std::string_view::npos) {
      rest_.append(bytes);
      return true;
    }
    if (!rest_.empty()) {
      const auto first_end = bytes.find('\n');
      rest_.append(bytes.substr(0, first_end + 1));
      open_ = out_.push(rest_);
      rest_.assign(bytes.substr(last_end + 1));
      bytes = bytes.substr(first_end + 1, last_end - first_end);
    } else {
      rest_.assign(bytes.substr(last_end + 1));
      bytes = bytes.substr(0, last_end + 1);
    }
    if (open_ && !bytes.empty()) { open_ = out_.push(bytes); }
    return open_;
  }
  void finish() {
    if (rest_.empty() || !open_) { return; }
    rest_.push_back('\n');
    out_.push(rest_);
  }

 private:
  Sink<char>& out_;
  std::string rest_;  // Of a line whose end is still to come.
  bool open_ = true;
};

/// Reads the lines that begin in [offset, offset + num_bytes). A line that begins before is its predecessor's.
/// @param lines  takes bytes piece by piece: take(bytes) -> whether it wants more, then finish().
template <typename Lines>
void read_split(const TextSplit& split, TaskContext& context, Lines& lines) {
  const storage::FileDescriptor file(::open(split.path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) { fail_input(split.path, errno); }
  std::vector<char> buffer(kReadBytes);
  // From one byte before the range: if that is a line end, the first line begins with the range.
  std::uint64_t position = split.offset == 0 ? 0 : split.offset - 1;
  bool skipping = split.offset != 0;
  const std::uint64_t end = split.offset + split.num_bytes;
  while (true) {
    context.throw_if_cancelled();
    ssize_t n = 0;
    do {
      n = ::pread(file.get(), buffer.data(), buffer.size(), static_cast<off_t>(position));
    } while (n < 0 && errno == EINTR);
    if (n < 0) { fail_input(split.path, errno); }
    std::string_view bytes(buffer.data(), static_cast<std::size_t>(n));
    if (bytes.empty()) { break; }
    std::uint64_t begin = position;
    position += bytes.size();
    if (skipping) {
      const auto line_end = bytes.find('\n');
      if (line_end == std::string_view::npos) {
        if (position >= end) { break; }  // One long line covers the whole range.
        continue;
      }
      skipping = false;
      bytes.remove_prefix(line_end + 1);
      begin += line_end + 1;
    }
    if (begin >= end) { break; }
    if (position >= end) {
      // The last line that begins in the range may end behind it: at the first line end at or after its last byte.
      const auto line_end = bytes.find('\n', static_cast<std::size_t>(end - 1 - begin));
      if (line_end != std::string_view::npos) {
        lines.take(bytes.substr(0, line_end + 1));
        break;
      }
      if (!lines.take(bytes)) { break; }
      // It goes on in the next piece, of which only the rest of that line is ours.
      while (true) {
        do {
          n = ::pread(file.get(), buffer.data(), buffer.size(), static_cast<off_t>(position));
        } while (n < 0 && errno == EINTR);
        if (n < 0) { fail_input(split.path, errno); }
        bytes = {buffer.data(), static_cast<std::size_t>(n)};
        position += bytes.size();
        const auto rest_end = bytes.find('\n');
        lines.take(bytes.substr(0, rest_end == std::string_view::npos ? bytes.size() : rest_end + 1));
        if (bytes.empty() || rest_end != std::string_view::npos) { break; }
      }
      break;
    }
    if (!lines.take(bytes)) { break; }
  }
  lines.finish();
}

}  // namespace

std::uint32_t default_file_partitions(std::uint32_t num_task_threads, std::uint64_t num_bytes) {
  // Enough tasks that an uneven one does not decide, but none below 1 MiB, and none whose lines fill a small budget.
  const std::uint64_t most = std::max<std::uint64_t>(num_bytes / kMiB, 1);
  const std::uint64_t wanted = std::max<std::uint64_t>(std::uint64_t{4} * num_task_threads, num_bytes / (64 * kMiB));
  return static_cast<std::uint32_t>(std::min<std::uint64_t>({most, wanted, 1U << 20}));
}

bool is_compressed_name(std::string_view path) {
  return path.ends_with(".gz") || path.ends_with(".zst") || path.ends_with(".bz2");
}

std::vector<std::string> expand_inputs(const std::vector<std::string>& inputs) {
  std::vector<std::string> files;
  for (const auto& input : inputs) {
    struct stat info {};
    if (::stat(input.c_str(), &info) == 0 || input.find_first_of("*?[") == std::string::npos) {
      add_path(input, files);
      continue;
    }
    glob_t found{};
    const int status = ::glob(input.c_str(), 0, nullptr, &found);
    const std::vector<std::string> matches(found.gl_pathv, found.gl_pathv + (status == 0 ? found.gl_pathc : 0));
    ::globfree(&found);
    if (matches.empty()) {
      throw UserError(ErrorCode::kFileNotFound, "no input matches the pattern", {{"path", input}});
    }
    for (const auto& match : matches) { add_path(match, files); }
  }
  return files;
}

std::vector<TextSplit> split_text_files(const std::vector<std::string>& paths, std::uint32_t num_splits) {
  std::vector<std::uint64_t> sizes;
  std::uint64_t total = 0;
  for (const auto& path : paths) {
    std::error_code status;
    const auto size = fs::file_size(path, status);
    if (status) { fail_input(path, status.value()); }
    sizes.push_back(size);
    total += size;
  }
  const std::uint64_t split_bytes = std::max<std::uint64_t>((total + num_splits - 1) / std::max(num_splits, 1U), 1);
  std::vector<TextSplit> splits;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    if (is_compressed_name(paths[i])) {
      splits.push_back({paths[i], 0, sizes[i], true});
      continue;
    }
    const std::uint64_t count = std::max<std::uint64_t>((sizes[i] + split_bytes / 2) / split_bytes, 1);
    for (std::uint64_t part = 0; part < count; ++part) {
      const auto begin = sizes[i] / count * part + sizes[i] % count * part / count;
      const auto end = sizes[i] / count * (part + 1) + sizes[i] % count * (part + 1) / count;
      splits.push_back({paths[i], begin, end - begin, false});
    }
  }
  return splits;
}

std::string read_whole_file(const std::string& path) {
  std::string contents;
  read_file(path, [&](std::string_view bytes) {
    contents.append(bytes);
    return true;
  });
  return contents;
}

namespace operators {

template <typename Lines>
void ReadText::read_into(TaskContext& context, std::uint32_t partition, Lines& lines) const {
  const auto split = decode<TextSplit>(context.payload(dataset_, partition));
  if (!split.whole_file) {
    read_split(split, context, lines);
    return;
  }
  read_file(split.path, [&](std::string_view bytes) {
    context.throw_if_cancelled();
    return lines.take(bytes);
  });
  lines.finish();
}

void ReadText::run(TaskContext& context, std::uint32_t partition, Sink<std::string>& out) const {
  LineCutter lines(out);
  read_into(context, partition, lines);
}

void ReadText::run_joined(TaskContext& context, std::uint32_t partition, Sink<char>& out) const {
  TextCutter lines(out);
  read_into(context, partition, lines);
}

void ReadWholeFiles::run(TaskContext& context, std::uint32_t partition, Sink<Element>& out) const {
  const auto paths = decode<std::vector<std::string>>(context.payload(dataset_, partition));
  for (const auto& path : paths) {
    context.throw_if_cancelled();
    Element file(path, read_whole_file(path));
    if (!out.push(std::span(&file, 1))) { return; }
  }
}

}  // namespace operators

/// The file under its temporary name.
class TextWriter::Stream {
 public:
  Stream(const std::string& path, const std::string& codec)
      : path_(path), file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666)) {
    if (file_.get() < 0) { fail_output(path_, errno); }
    if (!codec.empty()) { compressor_ = make_compressor(codec); }
  }

  void write(std::string_view bytes, bool last) {
    if (!compressor_) {
      write_raw(bytes);
      return;
    }
    compressor_->write(bytes, last, [this](std::string_view compressed) { write_raw(compressed); });
  }

 private:
  void write_raw(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::write(file_.get(), bytes.data(), bytes.size());
      if (n < 0) {
        if (errno == EINTR) { continue; }
        fail_output(path_, errno);
      }
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }

  std::string path_;
  storage::FileDescriptor file_;
  std::unique_ptr<Compressor> compressor_;
};

TextWriter::TextWriter(std::string path, const std::string& codec) : path_(std::move(path)) {
  const auto slash = path_.rfind('/');
  const auto folder = slash == std::string::npos ? std::string() : path_.substr(0, slash + 1);
  const auto name = slash == std::string::npos ? path_ : path_.substr(slash + 1);
  // Hidden, and of this attempt alone: a retried task may run beside the attempt that was given up.
  static std::atomic<std::uint64_t> next_number{0};
  temporary_ = folder + "." + name + "." + std::to_string(::getpid()) + "." + std::to_string(next_number++) + ".tmp";
  stream_ = std::make_unique<Stream>(temporary_, codec);
}

TextWriter::~TextWriter() {
  if (stream_) {
    stream_.reset();
    ::unlink(temporary_.c_str());
  }
}

void TextWriter::flush() {
  stream_->write(buffer_, false);
  buffer_.clear();
}

void TextWriter::close() {
  stream_->write(buffer_, true);
  buffer_.clear();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) { fail_output(path_, errno); }
  stream_.reset();
}

TextOutput::TextOutput(std::string directory, const std::string& codec) : directory_(std::move(directory)) {
  if (!codec.empty()) { make_compressor(codec); }
  std::error_code status;
  if (fs::exists(directory_, status)) {
    committed_ = true;  // Not ours to remove.
    throw UserError(ErrorCode::kFileExists, "the output exists already", {{"path", directory_}});
  }
  fs::create_directories(directory_, status);
  if (status) { fail_output(directory_, status.value()); }
}

TextOutput::~TextOutput() {
  if (committed_) { return; }
  std::error_code status;
  fs::remove_all(directory_, status);
}

void TextOutput::commit() const {
  TextWriter success(directory_ + "/_SUCCESS", "");
  success.close();
  committed_ = true;
}

namespace actions {

std::string part_path(const TextTarget& target, std::uint32_t partition) {
  char number[16];
  std::snprintf(number, sizeof(number), "%05u", partition);
  std::string path = target.directory + "/part-" + number;
  if (target.codec == "gzip") { path += ".gz"; }
  if (target.codec == "zstd") { path += ".zst"; }
  if (target.codec == "bzip2") { path += ".bz2"; }
  return path;
}

}  // namespace actions
}  // namespace hammerscale
