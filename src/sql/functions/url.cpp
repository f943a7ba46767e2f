#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "sql/functions/families.hpp"
#include "sql/functions/java_regex.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"

namespace hammerscale::sql {

namespace {

using std::string;
using std::string_view;

struct UrlParts {
  std::optional<string_view> protocol;
  std::optional<string_view> authority;
  std::optional<string_view> user_info;
  std::optional<string_view> host;
  std::optional<string_view> path;
  std::optional<string_view> query;
  std::optional<string_view> reference;
  std::optional<string_view> file;
};

/// By the grammar of RFC 2396, as java.net.URI; none for text that is no URI.
std::optional<UrlParts> parse(string_view url) {
  for (const char c : url) {
    if (static_cast<unsigned char>(c) <= ' ' || string_view("<>\"{}|\\^`").find(c) != string_view::npos || c == 127) {
      return std::nullopt;
    }
  }
  for (std::size_t i = url.find('%'); i != string_view::npos; i = url.find('%', i + 1)) {
    const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f'); };
    if (i + 2 >= url.size() || !is_hex(url[i + 1]) || !is_hex(url[i + 2])) { return std::nullopt; }
  }
  UrlParts parts;
  if (const auto hash = url.find('#'); hash != string_view::npos) {
    parts.reference = url.substr(hash + 1);
    url = url.substr(0, hash);
  }
  if (const auto colon = url.find(':'); colon != string_view::npos && colon < url.find_first_of("/?")) {
    const auto scheme = url.substr(0, colon);
    const auto is_letter = [](char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; };
    if (scheme.empty() || !is_letter(scheme[0])) { return std::nullopt; }
    parts.protocol = scheme;
    url = url.substr(colon + 1);
    if (url.empty()) { return std::nullopt; }
    if (url[0] != '/') {
      // mailto:x and the like have no other parts.
      return parts;
    }
  }
  string_view before_query = url;
  if (const auto question = url.find('?'); question != string_view::npos) {
    parts.query = url.substr(question + 1);
    before_query = url.substr(0, question);
  }
  string_view rest = url;
  if (before_query.starts_with("//")) {
    const auto end = before_query.find('/', 2);
    const auto authority = before_query.substr(2, end == string_view::npos ? end : end - 2);
    if (!authority.empty()) { parts.authority = authority; }
    auto host = authority;
    if (const auto at = authority.rfind('@'); at != string_view::npos) {
      parts.user_info = authority.substr(0, at);
      host = authority.substr(at + 1);
    }
    const auto bracket = host.find(']');
    if (const auto colon = host.find(':', bracket == string_view::npos ? 0 : bracket); colon != string_view::npos) {
      host = host.substr(0, colon);
    }
    if (!host.empty()) { parts.host = host; }
    rest = end == string_view::npos ? url.substr(before_query.size()) : url.substr(end);
    before_query = end == string_view::npos ? string_view{} : before_query.substr(end);
  }
  parts.path = before_query;
  parts.file = rest;
  return parts;
}

/// The value of a query's key: what stands behind "key=" up to the next &.
std::optional<string_view> query_value(string_view query, string_view key) {
  // As Spark: the key is looked for as a pattern "(&|^)key=([^&]*)".
  const JavaRegex pattern("(&|^)" + string(key) + "=([^&]*)", "parse_url");
  const auto match = pattern.find(query);
  if (!match) { return std::nullopt; }
  const auto [start, end] = match->groups[2];
  return query.substr(start, end - start);
}

std::optional<string_view> part_of(const UrlParts& parts, string_view name) {
  if (name == "HOST") { return parts.host; }
  if (name == "PATH") { return parts.path; }
  if (name == "QUERY") { return parts.query; }
  if (name == "REF") { return parts.reference; }
  if (name == "PROTOCOL") { return parts.protocol; }
  if (name == "FILE") { return parts.file; }
  if (name == "AUTHORITY") { return parts.authority; }
  if (name == "USERINFO") { return parts.user_info; }
  return std::nullopt;
}

BindFunction bind_parse_url(bool is_try) {
  return [is_try](const CallInput& input) {
    check_num_arguments(input, 2, 3);
    const bool has_key = input.types.size() == 3;
    std::vector<ParameterType> parameters(input.types.size(), TypeClass::kString);
    return signature(std::move(parameters), DataType::string(),
                     [=](const CallInput& call) {
                       const bool fails = call.context->ansi && !is_try;
                       const auto get = [fails, origin = call.origin](string_view url,
                                                                      string_view part) -> std::optional<string_view> {
                         const auto parts = parse(url);
                         if (!parts) {
                           if (fails) {
                             throw SqlError("INVALID_URL",
                                            {{"url", string(url)}, {"ansiConfig", "\"spark.sql.ansi.enabled\""}},
                                            origin);
                           }
                           return std::nullopt;
                         }
                         return part_of(*parts, part);
                       };
                       if (!has_key) { return rowwise<string_view, string_view>(get); }
                       return rowwise<string_view, string_view, string_view>(
                           [get](string_view url, string_view part, string_view key) -> std::optional<string> {
                             if (part != "QUERY") { return std::nullopt; }
                             const auto query = get(url, part);
                             if (!query) { return std::nullopt; }
                             const auto value = query_value(*query, key);
                             return value ? std::optional(string(*value)) : std::nullopt;
                           });
                     },
                     {.can_fail = !is_try, .nullable = true})(input);
  };
}

/// application/x-www-form-urlencoded.
string url_encode(string_view text) {
  string out;
  for (const char c : text) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
        c == '*' || c == '_') {
      out += c;
    } else if (c == ' ') {
      out += '+';
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += "0123456789ABCDEF"[byte >> 4];
      out += "0123456789ABCDEF"[byte & 15];
    }
  }
  return out;
}

std::optional<string> url_decode(string_view text) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
  };
  string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+') {
      out += ' ';
    } else if (text[i] == '%') {
      if (i + 2 >= text.size() || digit(text[i + 1]) < 0 || digit(text[i + 2]) < 0) { return std::nullopt; }
      out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

BindFunction bind_url_decode(bool is_try) {
  return signature({TypeClass::kString}, DataType::string(),
                   [is_try](const CallInput& call) {
                     return rowwise<string_view>([is_try, origin = call.origin](string_view text) {
                       auto decoded = url_decode(text);
                       if (!decoded && !is_try) {
                         throw SqlError("CANNOT_DECODE_URL", {{"url", string(text)}}, origin);
                       }
                       return decoded;
                     });
                   },
                   {.can_fail = !is_try, .nullable = is_try});
}

}  // namespace

void add_url_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "url_funcs", .usage = usage, .examples = std::move(examples), .since = since}});
  };
  add("parse_url", bind_parse_url(false),
      "parse_url(url, part[, key]) - Returns a part of a URL: HOST, PATH, QUERY, REF, PROTOCOL, FILE, AUTHORITY or "
      "USERINFO; with a "
      "key, its value in the query. NULL when there is none, an error when url is none.",
      {{"SELECT parse_url('https://hpc.example/jobs?id=7', 'HOST')", {"hpc.example"}},
       {"SELECT parse_url('https://hpc.example/jobs?id=7', 'QUERY', 'id')", {"7"}}},
      "2.0.0");
  add("try_parse_url", bind_parse_url(true),
      "try_parse_url(url, part[, key]) - As parse_url, but NULL when url is none.",
      {{"SELECT try_parse_url('inva lid://x', 'HOST')", {"NULL"}}}, "4.0.0");
  add("url_encode",
      signature({TypeClass::kString}, DataType::string(),
                [](const CallInput&) { return rowwise<string_view>(url_encode); }),
      "url_encode(str) - Returns str in the form application/x-www-form-urlencoded.",
      {{"SELECT url_encode('a b&c')", {"a+b%26c"}}}, "3.4.0");
  add("url_decode", bind_url_decode(false), "url_decode(str) - Returns what url_encode was given.",
      {{"SELECT url_decode('a+b%26c')", {"a b&c"}}}, "3.4.0");
  add("try_url_decode", bind_url_decode(true),
      "try_url_decode(str) - As url_decode, but NULL for text it cannot decode.",
      {{"SELECT try_url_decode('%zz')", {"NULL"}}}, "4.0.0");
}

}  // namespace hammerscale::sql
