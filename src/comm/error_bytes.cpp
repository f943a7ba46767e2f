#include "hammerscale/comm/error_bytes.hpp"

#include <cstring>
#include <type_traits>

#include "hammerscale/base/check.hpp"

namespace hammerscale::comm {
namespace {

class Writer {
 public:
  template <typename T>
    requires std::is_trivially_copyable_v<T>
  void put(const T& value) {
    put_bytes(std::as_bytes(std::span(&value, 1)));
  }
  void put(const std::string& text) {
    put(static_cast<std::uint64_t>(text.size()));
    put_bytes(std::as_bytes(std::span(text)));
  }
  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  void put_bytes(std::span<const std::byte> bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }
  std::vector<std::byte> bytes_;
};

class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  template <typename T>
    requires std::is_trivially_copyable_v<T>
  T get() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }
  std::string get_text() {
    const auto length = get<std::uint64_t>();
    const auto bytes = take(length);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  [[nodiscard]] bool is_at_end() const { return bytes_.empty(); }

 private:
  std::span<const std::byte> take(std::uint64_t num_bytes) {
    HS_CHECK(num_bytes <= bytes_.size());
    const auto taken = bytes_.first(num_bytes);
    bytes_ = bytes_.subspan(num_bytes);
    return taken;
  }
  std::span<const std::byte> bytes_;
};

}  // namespace

std::vector<std::byte> to_bytes(const ErrorInfo& error) {
  Writer writer;
  writer.put(error.kind);
  writer.put(error.code);
  writer.put(static_cast<std::uint8_t>(error.retryable));
  writer.put(error.rank);
  writer.put(error.line);
  writer.put(error.file);
  writer.put(error.sentence);
  writer.put(static_cast<std::uint64_t>(error.fields.size()));
  for (const auto& [name, value] : error.fields) {
    writer.put(name);
    writer.put(value);
  }
  writer.put(error.call_site);
  return writer.take();
}

ErrorInfo error_from_bytes(std::span<const std::byte> bytes) {
  Reader reader(bytes);
  ErrorInfo error;
  error.kind = reader.get<ErrorKind>();
  HS_CHECK(error.kind <= ErrorKind::kCancelled);
  error.code = reader.get<ErrorCode>();
  HS_CHECK(error.code <= ErrorCode::kInternal);
  error.retryable = reader.get<std::uint8_t>() != 0;
  error.rank = reader.get<std::int32_t>();
  error.line = reader.get<std::int32_t>();
  error.file = reader.get_text();
  error.sentence = reader.get_text();
  for (auto num_fields = reader.get<std::uint64_t>(); num_fields > 0; --num_fields) {
    std::string name = reader.get_text();
    error.fields.emplace_back(std::move(name), reader.get_text());
  }
  error.call_site = reader.get_text();
  HS_CHECK(reader.is_at_end());
  return error;
}

}  // namespace hammerscale::comm
