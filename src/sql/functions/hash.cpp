#include <openssl/evp.h>
#include <zlib.h>

#include <array>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "hammerscale/base/error.hpp"
#include "sql/functions/families.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"
#include "sql/functions/spark_hash.hpp"

namespace hammerscale::sql {

namespace {

using std::int32_t;
using std::int64_t;
using std::string;
using std::string_view;

string hex_digest(const EVP_MD* digest, string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> value{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), value.data(), &size, digest, nullptr) != 1) {
    throw InternalError("OpenSSL cannot make a digest", {{"digest", EVP_MD_get0_name(digest)}});
  }
  string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += "0123456789abcdef"[value[i] >> 4];
    text += "0123456789abcdef"[value[i] & 15];
  }
  return text;
}

BindFunction bind_digest(const EVP_MD* (*digest)()) {
  return signature({TypeId::kBinary}, DataType::string(), [digest](const CallInput&) {
    return rowwise<string_view>([digest](string_view bytes) { return hex_digest(digest(), bytes); });
  });
}

std::optional<string> sha2(string_view bytes, int32_t num_bits) {
  switch (num_bits) {
    case 224: return hex_digest(EVP_sha224(), bytes);
    case 0:
    case 256: return hex_digest(EVP_sha256(), bytes);
    case 384: return hex_digest(EVP_sha384(), bytes);
    case 512: return hex_digest(EVP_sha512(), bytes);
    default: return std::nullopt;
  }
}

bool has_map(const DataType& type) {
  switch (type.id()) {
    case TypeId::kMap: return true;
    case TypeId::kArray: return has_map(type.element());
    case TypeId::kStruct:
      for (const auto& field : type.fields()) {
        if (has_map(field.type)) { return true; }
      }
      return false;
    default: return false;
  }
}

/// A hash of any number of values, one continued from the other.
template <typename Hash>
BindFunction bind_hash(Hash (*of_cell)(const Vector&, int32_t, Hash), TypeId result) {
  return [=](const CallInput& input) {
    check_num_arguments(input, 1, std::numeric_limits<std::size_t>::max());
    for (const auto& type : input.types) {
      if (has_map(type)) {
        throw SqlError("DATATYPE_MISMATCH.HASH_MAP_TYPE",
                       {{"sqlExpr", "\"" + call_text(input) + "\""}, {"functionName", "`" + string(input.name) + "`"}},
                       input.origin);
      }
    }
    return BoundFunction{.type = result,
                         .nullable = false,
                         .argument_types = input.types,
                         .nulls = NullPolicy::kHandled,
                         .evaluate = [of_cell](const Arguments& arguments, Vector& out) {
                           arguments.rows.for_each([&](int32_t row) {
                             Hash hash = 42;  // Spark's seed.
                             for (const Vector* column : arguments.vectors) { hash = of_cell(*column, row, hash); }
                             out.mutable_values<Hash>()[row] = hash;
                           });
                         }};
  };
}

}  // namespace

void add_hash_functions(FunctionRegistry& registry) {
  const auto add = [&](std::string_view name, BindFunction bind, std::string_view usage,
                       std::vector<FunctionExample> examples, std::string_view since,
                       std::vector<std::string_view> aliases = {}) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation = {.group = "hash_funcs", .usage = usage, .examples = std::move(examples), .since = since},
        .aliases = std::move(aliases)});
  };
  add("md5", bind_digest(EVP_md5), "md5(bytes) - Returns the MD5 checksum as 32 hexadecimal digits.",
      {{"SELECT md5('abc')", {"900150983cd24fb0d6963f7d28e17f72"}}}, "1.5.0");
  add("sha1", bind_digest(EVP_sha1), "sha1(bytes) - Returns the SHA-1 checksum as 40 hexadecimal digits.",
      {{"SELECT sha1('abc')", {"a9993e364706816aba3e25717850c26c9cd0d89d"}}}, "1.5.0", {"sha"});
  add("sha2",
      signature({TypeId::kBinary, TypeId::kInt}, DataType::string(),
                [](const CallInput&) { return rowwise<string_view, int32_t>(sha2); }, {.nullable = true}),
      "sha2(bytes, n) - Returns the SHA-2 checksum of n bits as hexadecimal digits: 224, 256 (or 0), 384 or 512; NULL "
      "for others.",
      {{"SELECT sha2('abc', 256)", {"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}}}, "1.5.0");
  add("crc32",
      signature({TypeId::kBinary}, TypeId::kBigint,
                [](const CallInput&) {
                  return rowwise<string_view>([](string_view bytes) {
                    return static_cast<int64_t>(crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
                  });
                }),
      "crc32(bytes) - Returns the cyclic redundancy check as a bigint.", {{"SELECT crc32('abc')", {"891568578"}}},
      "1.5.0");
  add("hash", bind_hash<int32_t>(murmur3_cell, TypeId::kInt),
      "hash(value, ...) - Returns a 32-bit hash (Murmur3) of the values.",
      {{"SELECT hash('Spark', array(123), 2)", {"-1321691492"}}}, "2.0.0");
  add("xxhash64", bind_hash<int64_t>(xxhash64_cell, TypeId::kBigint),
      "xxhash64(value, ...) - Returns a 64-bit hash (xxHash, seed 42) of the values.",
      {{"SELECT xxhash64('Spark', array(123), 2)", {"5602566077635097486"}}}, "3.0.0");
}

}  // namespace hammerscale::sql
