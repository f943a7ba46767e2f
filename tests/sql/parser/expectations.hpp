#pragma once

#include <fstream>
#include <string>
#include <vector>

namespace hammerscale::sql {

/// Reads \n, \t, \r, \0 and \\ as tests/sql/oracle/parser_expectations.py does.
inline std::string unescape_expectation(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 >= text.size()) {
      out += text[i];
      continue;
    }
    switch (text[i + 1]) {
      case 'n': out += '\n'; break;
      case 't': out += '\t'; break;
      case 'r': out += '\r'; break;
      case '0': out += '\0'; break;
      case '\\': out += '\\'; break;
      default: out += text[i]; continue;
    }
    ++i;
  }
  return out;
}

/// The tab-separated lines of a file of expectations; the first field of each is the statement.
inline std::vector<std::vector<std::string>> read_expectations(const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  std::ifstream file(path, std::ios::binary);
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> fields{""};
    for (const char c : line) {
      if (c == '\t') {
        fields.emplace_back();
      } else {
        fields.back() += c;
      }
    }
    for (auto& field : fields) { field = unescape_expectation(field); }
    rows.push_back(std::move(fields));
  }
  return rows;
}

}  // namespace hammerscale::sql
