// check_layering ROOT: reads every #include line and every identifier below ROOT's src, include, mllib, graph and apps.
// Fails, naming file and line, on an include that points upward and on a use of MPI outside src/comm.
#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

struct Module {
  std::string_view name;
  int level;
};

// A file may include its own module and modules of lower levels. Equal levels must not know each other.
constexpr std::array kModules = {
    Module{"base", 0},    Module{"comm", 1},      Module{"serde", 2},   Module{"closure", 3}, Module{"storage", 4},
    Module{"shuffle", 5}, Module{"scheduler", 6}, Module{"dataset", 7}, Module{"sql", 8},     Module{"streaming", 9},
    Module{"mllib", 10},  Module{"graph", 10},    Module{"ui", 11},     Module{"apps", 11},
};

constexpr std::array<std::string_view, 5> kFolders = {"src", "include", "mllib", "graph", "apps"};

std::optional<Module> find_module(std::string_view name) {
  const auto* const found =
      std::find_if(kModules.begin(), kModules.end(), [name](const Module& module) { return module.name == name; });
  if (found == kModules.end()) { return std::nullopt; }
  return *found;
}

std::vector<std::string> split_path(const std::string& path) {
  std::vector<std::string> parts;
  for (const auto& part : fs::path(path)) { parts.push_back(part.string()); }
  return parts;
}

// The module of a header as #include lines spell it; nothing for headers of other projects and of the same folder.
// hammerscale/hammerscale.hpp gathers all of core, so it counts as dataset, core's topmost module.
std::optional<std::string> module_of_include(const std::string& spelled) {
  auto parts = split_path(spelled);
  const bool ours = parts.size() > 1 && parts.front() == "hammerscale";
  if (ours) { parts.erase(parts.begin()); }
  if (ours && parts.size() == 1) { return parts.front() == "hammerscale.hpp" ? "dataset" : "base"; }
  if (parts.size() > 1 && (ours || find_module(parts.front()))) { return parts.front(); }
  return std::nullopt;
}

// The module a file belongs to, from its path below the root.
std::string module_of_file(const std::string& path) {
  const auto parts = split_path(path);
  if (parts[0] == "src" && parts.size() > 2) { return parts[1]; }
  if (parts[0] == "include") { return module_of_include(path.substr(std::string("include/").size())).value_or(path); }
  return parts[0];
}

// The same text with comments and the contents of string and character literals blanked out; lines stay where they are.
// #include lines keep their quoted names, because the caller reads those first.
std::string blank_comments_and_literals(const std::string& text) {
  std::string code = text;
  const auto blank = [&code](std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end && i < code.size(); ++i) {
      if (code[i] != '\n') { code[i] = ' '; }
    }
  };
  std::size_t i = 0;
  while (i < text.size()) {
    std::size_t end = i + 1;
    if (text.compare(i, 2, "//") == 0) {
      end = std::min(text.find('\n', i), text.size());
      blank(i, end);
    } else if (text.compare(i, 2, "/*") == 0) {
      const auto close = text.find("*/", i + 2);
      end = close == std::string::npos ? text.size() : close + 2;
      blank(i, end);
    } else if (text.compare(i, 2, "R\"") == 0) {
      const auto open = text.find('(', i);
      const std::string terminator = ")" + text.substr(i + 2, open - i - 2) + "\"";
      const auto close = text.find(terminator, i);
      end = close == std::string::npos ? text.size() : close + terminator.size();
      blank(i, end);
    } else if (text[i] == '"' ||
               (text[i] == '\'' && (i == 0 || std::isalnum(static_cast<unsigned char>(text[i - 1])) == 0))) {
      // An apostrophe after a letter or digit separates digits (1'000) or ends a prefix that holds nothing of interest.
      while (end < text.size() && text[end] != text[i] && text[end] != '\n') { end += text[end] == '\\' ? 2 : 1; }
      end = std::min(end + 1, text.size());
      blank(i, end);
    }
    i = end;
  }
  return code;
}

// The name between quotes or angle brackets, if the line is an #include.
std::optional<std::string> included_name(std::string_view line) {
  const auto skip_blanks = [&line] {
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) { line.remove_prefix(1); }
  };
  skip_blanks();
  if (line.empty() || line.front() != '#') { return std::nullopt; }
  line.remove_prefix(1);
  skip_blanks();
  if (!line.starts_with("include")) { return std::nullopt; }
  line.remove_prefix(std::string_view("include").size());
  skip_blanks();
  if (line.empty() || (line.front() != '"' && line.front() != '<')) { return std::nullopt; }
  const auto end = line.find(line.front() == '"' ? '"' : '>', 1);
  if (end == std::string_view::npos) { return std::nullopt; }
  return std::string(line.substr(1, end - 1));
}

// The first identifier of the line that begins with MPI_, if any.
std::optional<std::string> mpi_identifier(std::string_view line) {
  const auto is_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
  for (std::size_t i = line.find("MPI_"); i != std::string_view::npos; i = line.find("MPI_", i + 1)) {
    if (i > 0 && is_word(line[i - 1])) { continue; }
    std::size_t end = i;
    while (end < line.size() && is_word(line[end])) { ++end; }
    return std::string(line.substr(i, end - i));
  }
  return std::nullopt;
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::size_t begin = 0;
  while (begin <= text.size()) {
    const auto end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

class Checker {
 public:
  void check_file(const fs::path& file, const std::string& relative) {
    ++num_files_;
    std::ifstream stream(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(stream)), std::istreambuf_iterator<char>());
    const auto own = find_module(module_of_file(relative));
    if (!own) {
      report(relative, 1, "belongs to no known module; add the module to the order in tests/layering");
      return;
    }
    const bool may_use_mpi = relative.starts_with("src/comm/");
    const auto lines = split_lines(text);
    const auto code_lines = split_lines(blank_comments_and_literals(text));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (code_lines[i].find('#') != std::string::npos) {
        if (const auto name = included_name(lines[i])) { check_include(relative, i + 1, *own, *name, may_use_mpi); }
      }
      if (may_use_mpi) { continue; }
      if (const auto name = mpi_identifier(code_lines[i])) {
        report(relative, i + 1, "uses " + *name + "; only src/comm talks to MPI");
      }
    }
  }

  [[nodiscard]] int num_files() const { return num_files_; }
  [[nodiscard]] int num_errors() const { return num_errors_; }

 private:
  void check_include(const std::string& file, std::size_t line, const Module& own, const std::string& name,
                     bool may_use_mpi) {
    if (name.find("..") != std::string::npos) { report(file, line, "includes " + name + " by a relative path"); }
    if (!may_use_mpi && (name == "mpi.h" || name.starts_with("boost/mpi"))) {
      report(file, line, "includes " + name + "; only src/comm talks to MPI");
    }
    const auto included = module_of_include(name);
    if (!included || *included == own.name) { return; }
    const auto module = find_module(*included);
    if (!module) {
      report(file, line, "includes " + name + ", whose module " + *included + " is not in the order of tests/layering");
    } else if (module->level >= own.level) {
      report(file, line,
             "includes " + name + ", which points upward from " + std::string(own.name) + " to " + *included +
                 "; move the shared type down");
    }
  }

  void report(const std::string& file, std::size_t line, const std::string& what) {
    ++num_errors_;
    std::fprintf(stderr, "%s:%zu: %s\n", file.c_str(), line, what.c_str());
  }

  int num_files_ = 0;
  int num_errors_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: check_layering ROOT\n", stderr);
    return 2;
  }
  const fs::path root = argv[1];
  Checker checker;
  for (const auto folder : kFolders) {
    if (!fs::exists(root / folder)) { continue; }
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const auto extension = entry.path().extension();
      if (!entry.is_regular_file() || (extension != ".hpp" && extension != ".cpp")) { continue; }
      checker.check_file(entry.path(), fs::relative(entry.path(), root).generic_string());
    }
  }
  // A wrong root would find nothing and pass.
  if (checker.num_files() == 0) {
    std::fprintf(stderr, "no source files below %s\n", root.c_str());
    return 2;
  }
  std::printf("%d files, %d errors\n", checker.num_files(), checker.num_errors());
  return checker.num_errors() == 0 ? 0 : 1;
}
