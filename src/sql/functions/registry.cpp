#include "sql/functions/registry.hpp"

#include <algorithm>
#include <map>
#include <memory>

#include "hammerscale/base/check.hpp"
#include "sql/functions/families.hpp"

namespace hammerscale::sql {

struct FunctionRegistry::Entries {
  // Names and aliases map to one entry each; entries never move.
  std::map<std::string, std::shared_ptr<const ScalarFunction>, std::less<>> scalars;
  std::map<std::string, std::shared_ptr<const AggregateFunction>, std::less<>> aggregates;
  std::map<std::string, std::shared_ptr<const WindowFunction>, std::less<>> windows;
};

namespace {

std::string to_lower_ascii(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

template <typename Map>
auto* find_in(const Map& map, std::string_view name) {
  const auto found = map.find(to_lower_ascii(name));
  return found == map.end() ? nullptr : found->second.get();
}

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

}  // namespace

FunctionRegistry::FunctionRegistry() : entries_(std::make_shared<Entries>()) {}

void FunctionRegistry::add(ScalarFunction function) {
  auto entry = std::make_shared<const ScalarFunction>(std::move(function));
  HS_CHECK(entries_->scalars.emplace(entry->name, entry).second);
  for (const auto alias : entry->aliases) { HS_CHECK(entries_->scalars.emplace(alias, entry).second); }
}

void FunctionRegistry::add(AggregateFunction function) {
  auto entry = std::make_shared<const AggregateFunction>(std::move(function));
  HS_CHECK(entries_->aggregates.emplace(entry->name, entry).second);
  for (const auto alias : entry->aliases) { HS_CHECK(entries_->aggregates.emplace(alias, entry).second); }
}

void FunctionRegistry::add(WindowFunction function) {
  auto entry = std::make_shared<const WindowFunction>(std::move(function));
  HS_CHECK(entries_->windows.emplace(entry->name, entry).second);
}

const ScalarFunction* FunctionRegistry::find_scalar(std::string_view name) const {
  return find_in(entries_->scalars, name);
}
const AggregateFunction* FunctionRegistry::find_aggregate(std::string_view name) const {
  return find_in(entries_->aggregates, name);
}
const WindowFunction* FunctionRegistry::find_window(std::string_view name) const {
  return find_in(entries_->windows, name);
}

const FunctionDocumentation* FunctionRegistry::find_documentation(std::string_view name) const {
  if (const auto* scalar = find_scalar(name)) { return &scalar->documentation; }
  if (const auto* aggregate = find_aggregate(name)) { return &aggregate->documentation; }
  if (const auto* window = find_window(name)) { return &window->documentation; }
  return nullptr;
}

std::vector<std::string> FunctionRegistry::names() const {
  std::vector<std::string> names;
  for (const auto& [name, entry] : entries_->scalars) { names.push_back(name); }
  for (const auto& [name, entry] : entries_->aggregates) { names.push_back(name); }
  for (const auto& [name, entry] : entries_->windows) { names.push_back(name); }
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

std::vector<std::string> FunctionRegistry::similar(std::string_view name) const {
  const auto wanted = to_lower_ascii(name);
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (auto& known : names()) { ranked.emplace_back(edit_distance(wanted, known), std::move(known)); }
  std::ranges::sort(ranked);
  std::vector<std::string> best;
  for (const auto& [distance, known] : ranked) {
    if (best.size() == 5 || distance > std::max<std::size_t>(3, wanted.size() / 2)) { break; }
    best.push_back(known);
  }
  return best;
}

const FunctionRegistry& builtin_functions() {
  static const FunctionRegistry registry = [] {
    FunctionRegistry made;
    add_builtin_families(made);
    return made;
  }();
  return registry;
}

}  // namespace hammerscale::sql
