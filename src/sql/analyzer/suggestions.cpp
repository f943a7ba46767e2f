#include "sql/analyzer/suggestions.hpp"

#include <algorithm>
#include <utility>

#include "sql/catalog/catalog.hpp"

namespace hammerscale::sql {

namespace {

constexpr std::size_t kMostSuggestions = 5;

// True when every name has the same parts before its last `keep` ones.
bool share_prefix(const std::vector<NameParts>& names, std::size_t keep) {
  return std::ranges::all_of(names, [&](const NameParts& name) {
    const NameParts& first = names.front();
    return name.size() == first.size() && name.size() >= keep &&
           std::equal(name.begin(), name.end() - static_cast<std::ptrdiff_t>(keep), first.begin());
  });
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) { row[j] = j; }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string suggest_names(const NameParts& written, std::vector<NameParts> known) {
  if (known.empty()) { return {}; }
  for (std::size_t keep = std::max<std::size_t>(written.size(), 1); keep < 4; ++keep) {
    if (!share_prefix(known, keep)) { continue; }
    for (auto& name : known) { name.erase(name.begin(), name.end() - static_cast<std::ptrdiff_t>(keep)); }
    break;
  }
  std::string base;
  for (const auto& part : written) { base += (base.empty() ? "" : ".") + quote_identifier_if_needed(part); }
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const auto& name : known) {
    std::string text = quote_name(name);
    const auto distance = edit_distance(text, base);
    ranked.emplace_back(distance, std::move(text));
  }
  std::ranges::stable_sort(ranked, {}, &std::pair<std::size_t, std::string>::first);
  std::string proposal;
  for (std::size_t i = 0; i < std::min(ranked.size(), kMostSuggestions); ++i) {
    proposal += (i == 0 ? "" : ", ") + ranked[i].second;
  }
  return proposal;
}

std::vector<NameParts> names_of(const Expressions& attributes) {
  std::vector<NameParts> names;
  for (const auto& column : attributes) {
    const auto* attribute = column->get_if<Attribute>();
    if (attribute == nullptr) { continue; }
    NameParts name = attribute->qualifier;
    name.push_back(attribute->name);
    names.push_back(std::move(name));
  }
  return names;
}

}  // namespace hammerscale::sql
