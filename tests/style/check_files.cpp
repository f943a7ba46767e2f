// check_files ROOT: looks at the names and outer form of the source files below ROOT.
// Fails, naming file and line, on names that say nothing (utils, helpers, common, misc), on names that are not
// snake_case, on headers without #pragma once, on lines over 120 columns, tabs and trailing blanks, and on public
// headers that no CMakeLists.txt lists, because those would not be installed.
#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> kFolders = {"src", "include", "mllib", "graph", "apps", "tests"};
constexpr std::array<std::string_view, 7> kForbiddenWords = {"utils",  "util", "helpers", "helper",
                                                             "common", "misc", "stuff"};
constexpr std::size_t kMaxColumns = 120;

std::string read_file(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

// Columns, not bytes: the continuation bytes of UTF-8 take none.
std::size_t count_columns(std::string_view line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

class Checker {
 public:
  explicit Checker(fs::path root) : root_(std::move(root)) { read_header_lists(); }

  void check_file(const fs::path& file) {
    ++num_files_;
    const auto relative = fs::relative(file, root_).generic_string();
    check_name(relative, file.stem().string());
    const auto text = read_file(file);
    check_lines(relative, text);
    if (file.extension() != ".hpp") { return; }
    if (text.find("#pragma once") == std::string::npos) { report(relative, 1, "has no #pragma once"); }
    if (relative.find("include/hammerscale/") != std::string::npos && relative.find("tests/") != 0 &&
        !is_listed(relative)) {
      report(relative, 1, "is a public header that no CMakeLists.txt lists, so it would not be installed");
    }
  }

  [[nodiscard]] int num_files() const { return num_files_; }
  [[nodiscard]] int num_errors() const { return num_errors_; }

 private:
  void read_header_lists() {
    for (const auto* const folder : {"src", "src/sql", "mllib", "graph", "."}) {
      const auto list = root_ / folder / "CMakeLists.txt";
      if (fs::exists(list)) { header_lists_ += read_file(list); }
    }
  }

  [[nodiscard]] bool is_listed(const std::string& relative) const {
    return header_lists_.find(relative.substr(relative.find("hammerscale/"))) != std::string::npos;
  }

  void check_name(const std::string& relative, const std::string& stem) {
    const bool snake_case = std::all_of(stem.begin(), stem.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    });
    if (!snake_case) { report(relative, 1, "is not named in snake_case"); }
    // The last word is the noun: "common_subexpression" names a thing, "string_utils" does not.
    const auto underscore = stem.rfind('_');
    const auto noun = underscore == std::string::npos ? stem : stem.substr(underscore + 1);
    if (std::find(kForbiddenWords.begin(), kForbiddenWords.end(), noun) != kForbiddenWords.end()) {
      report(relative, 1, "has a name that says nothing (" + noun + "); name the things inside");
    }
  }

  void check_lines(const std::string& relative, const std::string& text) {
    std::size_t number = 1;
    for (std::size_t begin = 0; begin < text.size(); ++number) {
      const auto end = std::min(text.find('\n', begin), text.size());
      const std::string_view line(text.data() + begin, end - begin);
      if (count_columns(line) > kMaxColumns) { report(relative, number, "is longer than 120 columns"); }
      if (line.find('\t') != std::string_view::npos) { report(relative, number, "holds a tab"); }
      if (!line.empty() && (line.back() == ' ' || line.back() == '\r')) { report(relative, number, "ends in a blank"); }
      begin = end + 1;
    }
    if (!text.empty() && text.back() != '\n') { report(relative, number, "ends without a newline"); }
  }

  void report(const std::string& file, std::size_t line, const std::string& what) {
    ++num_errors_;
    std::fprintf(stderr, "%s:%zu: %s\n", file.c_str(), line, what.c_str());
  }

  fs::path root_;
  std::string header_lists_;
  int num_files_ = 0;
  int num_errors_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: check_files ROOT\n", stderr);
    return 2;
  }
  const fs::path root = argv[1];
  Checker checker(root);
  for (const auto folder : kFolders) {
    if (!fs::exists(root / folder)) { continue; }
    for (auto entry = fs::recursive_directory_iterator(root / folder); entry != fs::end(entry); ++entry) {
      // Trees of deliberate mistakes, which test this program and its like.
      if (entry->is_directory() && entry->path().filename() == "wrong") {
        entry.disable_recursion_pending();
        continue;
      }
      const auto extension = entry->path().extension();
      if (entry->is_regular_file() && (extension == ".hpp" || extension == ".cpp")) {
        checker.check_file(entry->path());
      }
    }
  }
  if (checker.num_files() == 0) {
    std::fprintf(stderr, "no source files below %s\n", root.c_str());
    return 2;
  }
  std::printf("%d files, %d errors\n", checker.num_files(), checker.num_errors());
  return checker.num_errors() == 0 ? 0 : 1;
}
