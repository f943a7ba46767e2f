#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace hammerscale::mllib {

/// Writes JSON on one line, with numbers of 17 significant digits. The caller sees to it that keys and values alternate
/// in objects.
class JsonText {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);
  /// null for NaN and infinity, for which JSON has no word.
  void number(double value);
  void integer(std::int64_t value);
  void text(std::string_view value);
  void null() { put("null"); }
  /// A value that is JSON already.
  void literal(std::string_view json) { put(json); }
  void numbers(std::span<const double> values);
  void integers(std::span<const std::int64_t> values);

  [[nodiscard]] const std::string& str() const noexcept { return text_; }

  /// A text as JSON: in quotes, with escapes; bytes that are no UTF-8 become U+FFFD.
  static std::string quote(std::string_view value);

 private:
  void open(char bracket);
  void close(char bracket);
  void put(std::string_view json);

  std::string text_;
  bool needs_comma_ = false;
};

}  // namespace hammerscale::mllib
