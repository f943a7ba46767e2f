#include "dataset/compressed_stream.hpp"

#include <bzlib.h>
#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <cerrno>
#include <cstring>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "hammerscale/storage/file_descriptor.hpp"

namespace hammerscale {
namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 18;

[[noreturn]] void fail_damaged(const std::string& path) {
  throw UserError(ErrorCode::kMalformedInput, "a compressed file is damaged or cut off", {{"path", path}});
}

[[noreturn]] void fail_library(const char* name) {
  throw ResourceError(ErrorCode::kOutOfMemory, "a compression library could not start", {{"library", name}});
}

class GzipCompressor final : public Compressor {
 public:
  GzipCompressor() {
    // 15 bits of window, + 16 for a gzip header.
    if (deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
      fail_library("zlib");
    }
  }
  ~GzipCompressor() override { deflateEnd(&stream_); }
  void write(std::string_view bytes, bool last, const std::function<void(std::string_view)>& out) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_.avail_in = static_cast<uInt>(bytes.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(piece_.data());
      stream_.avail_out = static_cast<uInt>(piece_.size());
      deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
      out({piece_.data(), piece_.size() - stream_.avail_out});
    } while (stream_.avail_out == 0);
  }

 private:
  z_stream stream_{};
  std::vector<char> piece_ = std::vector<char>(kPieceBytes);
};

class Bzip2Compressor final : public Compressor {
 public:
  Bzip2Compressor() {
    if (BZ2_bzCompressInit(&stream_, 9, 0, 0) != BZ_OK) { fail_library("bzip2"); }
  }
  ~Bzip2Compressor() override { BZ2_bzCompressEnd(&stream_); }
  void write(std::string_view bytes, bool last, const std::function<void(std::string_view)>& out) override {
    stream_.next_in = const_cast<char*>(bytes.data());
    stream_.avail_in = static_cast<unsigned>(bytes.size());
    int status = BZ_RUN_OK;
    do {
      stream_.next_out = piece_.data();
      stream_.avail_out = static_cast<unsigned>(piece_.size());
      status = BZ2_bzCompress(&stream_, last ? BZ_FINISH : BZ_RUN);
      out({piece_.data(), piece_.size() - stream_.avail_out});
    } while (last ? status == BZ_FINISH_OK : stream_.avail_in != 0);
  }

 private:
  bz_stream stream_{};
  std::vector<char> piece_ = std::vector<char>(kPieceBytes);
};

class ZstdCompressor final : public Compressor {
 public:
  ZstdCompressor() : stream_(ZSTD_createCCtx(), &ZSTD_freeCCtx) {
    if (!stream_) { fail_library("zstd"); }
  }
  void write(std::string_view bytes, bool last, const std::function<void(std::string_view)>& out) override {
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    std::size_t left = 0;
    do {
      ZSTD_outBuffer output{piece_.data(), piece_.size(), 0};
      left = ZSTD_compressStream2(stream_.get(), &output, &input, last ? ZSTD_e_end : ZSTD_e_continue);
      out({piece_.data(), output.pos});
    } while (last ? left != 0 : input.pos != input.size);
  }

 private:
  std::unique_ptr<ZSTD_CCtx, std::size_t (*)(ZSTD_CCtx*)> stream_;
  std::vector<char> piece_ = std::vector<char>(kPieceBytes);
};

using Take = std::function<bool(std::string_view)>;
using NextPiece = std::function<std::string_view()>;  // Empty at the end of the file.

void inflate_gzip(const std::string& path, const NextPiece& next, const Take& take) {
  z_stream stream{};
  if (inflateInit2(&stream, 15 + 16) != Z_OK) { fail_library("zlib"); }
  const std::unique_ptr<z_stream, int (*)(z_stream*)> closer(&stream, &inflateEnd);
  std::vector<char> out(kPieceBytes);
  bool inside = false;
  for (auto piece = next(); !piece.empty(); piece = next()) {
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    stream.avail_in = static_cast<uInt>(piece.size());
    while (stream.avail_in != 0) {
      inside = true;
      stream.next_out = reinterpret_cast<Bytef*>(out.data());
      stream.avail_out = static_cast<uInt>(out.size());
      const int status = inflate(&stream, Z_NO_FLUSH);
      if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) { fail_damaged(path); }
      if (!take({out.data(), out.size() - stream.avail_out})) { return; }
      if (status == Z_STREAM_END) {
        inside = false;
        inflateReset(&stream);
      }
    }
  }
  if (inside) { fail_damaged(path); }
}

void inflate_bzip2(const std::string& path, const NextPiece& next, const Take& take) {
  bz_stream stream{};
  if (BZ2_bzDecompressInit(&stream, 0, 0) != BZ_OK) { fail_library("bzip2"); }
  const std::unique_ptr<bz_stream, int (*)(bz_stream*)> closer(&stream, &BZ2_bzDecompressEnd);
  std::vector<char> out(kPieceBytes);
  bool inside = false;
  for (auto piece = next(); !piece.empty(); piece = next()) {
    stream.next_in = const_cast<char*>(piece.data());
    stream.avail_in = static_cast<unsigned>(piece.size());
    while (stream.avail_in != 0) {
      inside = true;
      stream.next_out = out.data();
      stream.avail_out = static_cast<unsigned>(out.size());
      const int status = BZ2_bzDecompress(&stream);
      if (status != BZ_OK && status != BZ_STREAM_END) { fail_damaged(path); }
      if (!take({out.data(), out.size() - stream.avail_out})) { return; }
      if (status == BZ_STREAM_END) {
        inside = false;
        auto* const rest = stream.next_in;
        const auto num_rest = stream.avail_in;
        BZ2_bzDecompressEnd(&stream);
        stream = {};
        if (BZ2_bzDecompressInit(&stream, 0, 0) != BZ_OK) { fail_library("bzip2"); }
        stream.next_in = rest;
        stream.avail_in = num_rest;
      }
    }
  }
  if (inside) { fail_damaged(path); }
}

void inflate_zstd(const std::string& path, const NextPiece& next, const Take& take) {
  const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> stream(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  if (!stream) { fail_library("zstd"); }
  std::vector<char> out(kPieceBytes);
  std::size_t wanted = 0;  // 0 at the end of a frame.
  for (auto piece = next(); !piece.empty(); piece = next()) {
    ZSTD_inBuffer input{piece.data(), piece.size(), 0};
    bool full = false;
    while (input.pos < input.size || full) {
      ZSTD_outBuffer output{out.data(), out.size(), 0};
      wanted = ZSTD_decompressStream(stream.get(), &output, &input);
      if (ZSTD_isError(wanted) != 0) { fail_damaged(path); }
      full = output.pos == output.size;
      if (!take({out.data(), output.pos})) { return; }
    }
  }
  if (wanted != 0) { fail_damaged(path); }
}

bool ends_with(std::string_view text, std::string_view end) { return text.ends_with(end); }

}  // namespace

std::unique_ptr<Compressor> make_compressor(const std::string& codec) {
  if (codec == "gzip") { return std::make_unique<GzipCompressor>(); }
  if (codec == "zstd") { return std::make_unique<ZstdCompressor>(); }
  if (codec == "bzip2") { return std::make_unique<Bzip2Compressor>(); }
  throw UserError(ErrorCode::kInvalidArgument, "unknown compression",
                  {{"compression", codec}, {"known", "gzip zstd bzip2"}});
}

void read_file(const std::string& path, const Take& take) {
  const storage::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) {
    const auto code = errno == ENOENT ? ErrorCode::kFileNotFound : ErrorCode::kInput;
    throw UserError(code, "cannot open an input file", {{"path", path}, {"reason", std::strerror(errno)}});
  }
  std::vector<char> buffer(kPieceBytes);
  const NextPiece next = [&]() -> std::string_view {
    ssize_t n = 0;
    do { n = ::read(file.get(), buffer.data(), buffer.size()); } while (n < 0 && errno == EINTR);
    if (n < 0) {
      throw UserError(ErrorCode::kInput, "cannot read an input file",
                      {{"path", path}, {"reason", std::strerror(errno)}});
    }
    return {buffer.data(), static_cast<std::size_t>(n)};
  };
  if (ends_with(path, ".gz")) { return inflate_gzip(path, next, take); }
  if (ends_with(path, ".bz2")) { return inflate_bzip2(path, next, take); }
  if (ends_with(path, ".zst")) { return inflate_zstd(path, next, take); }
  for (auto piece = next(); !piece.empty(); piece = next()) {
    if (!take(piece)) { return; }
  }
}

}  // namespace hammerscale
