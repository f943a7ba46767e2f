#include "hammerscale/base/text_scan.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "hammerscale/base/counter_random.hpp"
#include "hammerscale/base/error.hpp"

namespace hammerscale {
namespace {

std::vector<std::string> words_of(std::string_view text, std::size_t batch = 100) {
  std::vector<std::string> words;
  std::vector<TextRange> ranges(batch);
  WordScanner scanner(text);
  while (const std::size_t count = scanner.next(ranges)) {
    for (std::size_t i = 0; i < count; ++i) { words.emplace_back(text.substr(ranges[i].offset, ranges[i].length)); }
  }
  return words;
}

std::vector<std::string> lines_of(std::string_view text, std::size_t batch) {
  std::vector<std::string> lines;
  std::vector<TextRange> ranges(batch);
  LineScanner scanner(text);
  while (const std::size_t count = scanner.next(ranges)) {
    for (std::size_t i = 0; i < count; ++i) { lines.emplace_back(text.substr(ranges[i].offset, ranges[i].length)); }
  }
  EXPECT_EQ(scanner.position(), text.size());
  return lines;
}

std::vector<std::string> expected_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char byte : text) {
    if (!is_ascii_space(byte)) {
      word += byte;
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) { words.push_back(word); }
  return words;
}

std::vector<std::string> expected_lines(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t feed = text.find('\n');
    std::string line(text.substr(0, feed));
    if (feed != text.npos && line.ends_with('\r')) { line.pop_back(); }
    lines.push_back(line);
    text = feed == text.npos ? std::string_view() : text.substr(feed + 1);
  }
  return lines;
}

std::string random_text(std::uint64_t seed, std::size_t size, std::uint64_t blanks_of_100) {
  constexpr std::string_view kSpaces = " \t\n\v\f\r";
  constexpr std::string_view kOthers = "abc\x08\x0e\x1f!\xc3\xa9\xff\x85\xa0";
  std::string text;
  CounterRandom random(seed, size);
  for (std::size_t i = 0; i < size; ++i) {
    text += random.below(100) < blanks_of_100 ? kSpaces[random.below(kSpaces.size())]
                                             : kOthers[random.below(kOthers.size())];
  }
  text += random.below(2) == 0 ? std::string(1, '\0') : std::string();
  return text;
}

TEST(WordScannerTest, FindsMaximalRunsOfNonSpaces) {
  EXPECT_TRUE(words_of("").empty());
  EXPECT_TRUE(words_of(" \n\t ").empty());
  EXPECT_EQ(words_of("one"), std::vector<std::string>{"one"});
  for (std::uint64_t seed = 0; seed < 3; ++seed) {
    for (std::size_t size = 0; size < 300; ++size) {
      for (const std::uint64_t blanks : {0u, 2u, 50u, 98u, 100u}) {
        const std::string text = random_text(seed, size, blanks);
        ASSERT_EQ(words_of(text, kMinWordBatch), expected_words(text));
      }
    }
    const std::string text = random_text(seed, 100000, 20);
    EXPECT_EQ(words_of(text, 1000), expected_words(text));
  }
}

TEST(WordScannerTest, EveryByteIsJudgedAsIsAsciiSpaceSays) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(70, static_cast<char>(byte));
    EXPECT_EQ(words_of(text).empty(), is_ascii_space(static_cast<char>(byte))) << byte;
  }
}

TEST(WordScannerTest, WantsRoomForOneStep) {
  std::vector<TextRange> few(kMinWordBatch - 1);
  WordScanner scanner("a b");
  EXPECT_THROW(static_cast<void>(scanner.next(few)), InternalError);
}

TEST(LineScannerTest, FindsLines) {
  EXPECT_EQ(lines_of("a\r\nb\n\nc\r", 10), (std::vector<std::string>{"a", "b", "", "c\r"}));
  EXPECT_EQ(lines_of("\n", 10), std::vector<std::string>{""});
  EXPECT_EQ(lines_of("\r\n\r\n", 10), (std::vector<std::string>{"", ""}));
  for (const std::size_t batch : {1u, 3u, 1000u}) {
    for (std::size_t size = 0; size < 300; ++size) {
      const std::string text = random_text(1, size, 60);
      ASSERT_EQ(lines_of(text, batch), expected_lines(text));
    }
    const std::string feeds(5000, '\n');
    EXPECT_EQ(lines_of(feeds, batch), expected_lines(feeds));
    const std::string text = random_text(2, 20000, 10);
    EXPECT_EQ(lines_of(text, batch), expected_lines(text));
  }
}

TEST(SkipLineTest, GoesBehindTheNextLineFeed) {
  EXPECT_EQ(skip_line("ab\ncd", 0), 3u);
  EXPECT_EQ(skip_line("ab\ncd", 2), 3u);
  EXPECT_EQ(skip_line("ab\ncd", 3), 5u);
  EXPECT_EQ(skip_line("ab", 9), 2u);
  EXPECT_EQ(skip_line("", 0), 0u);
}

}  // namespace
}  // namespace hammerscale
