#pragma once

#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "hammerscale/base/text_scan.hpp"

namespace hammerscale {

/// The words of a text, found while one walks over them: a range of std::string. The text must outlive it.
class WordRange {
 public:
  explicit WordRange(std::string_view text) : text_(text) {}

  class Iterator {
   public:
    using value_type = std::string;
    using reference = std::string;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    explicit Iterator(std::string_view text) : text_(text), scanner_(text) { refill(); }
    std::string operator*() const { return std::string(text_.substr(words_[at_].offset, words_[at_].length)); }
    Iterator& operator++() {
      if (++at_ == count_) { refill(); }
      return *this;
    }
    void operator++(int) { ++*this; }
    friend bool operator==(const Iterator& it, std::default_sentinel_t /*end*/) { return it.count_ == 0; }

   private:
    void refill() {
      count_ = scanner_.next(words_);
      at_ = 0;
    }
    std::string_view text_;
    WordScanner scanner_;
    std::array<TextRange, kMinWordBatch> words_;
    std::size_t at_ = 0;
    std::size_t count_ = 0;
  };

  [[nodiscard]] Iterator begin() const { return Iterator(text_); }
  [[nodiscard]] static std::default_sentinel_t end() { return {}; }

 private:
  std::string_view text_;
};

/// Splits at ASCII white space: `lines.flat_map(hs::split_words)`. The range shows the line itself. flat_map knows it
/// by its type and then scans many lines at once.
struct SplitWords {
  WordRange operator()(const std::string& line) const { return WordRange(line); }
};
inline constexpr SplitWords split_words{};

/// Orders pairs by their second member, then, for equal ones, the larger first member first: with top(n), the most
/// frequent words, ties in alphabetical order.
struct ByValue {
  template <typename K, typename V>
  bool operator()(const std::pair<K, V>& a, const std::pair<K, V>& b) const {
    if (a.second < b.second) { return true; }
    if (b.second < a.second) { return false; }
    return b.first < a.first;
  }
};
inline constexpr ByValue by_value{};

}  // namespace hammerscale
