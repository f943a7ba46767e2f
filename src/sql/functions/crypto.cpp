// aes_encrypt, aes_decrypt and try_aes_decrypt.
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hammerscale/base/error.hpp"
#include "sql/functions/families.hpp"
#include "sql/functions/registry.hpp"
#include "sql/functions/rowwise.hpp"
#include "sql/functions/signature.hpp"

namespace hammerscale::sql {

namespace {

using std::string;
using std::string_view;

constexpr std::size_t kGcmIvBytes = 12;
constexpr std::size_t kCbcIvBytes = 16;
constexpr std::size_t kTagBytes = 16;
constexpr std::size_t kBlockBytes = 16;
constexpr string_view kBothNames = "`aes_encrypt`/`aes_decrypt`";

enum class AesMode : std::uint8_t { kEcb, kCbc, kGcm };

string upper_ascii(string_view text) {
  string upper(text);
  for (char& c : upper) { c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
  return upper;
}

AesMode parse_mode(string_view mode, string_view padding) {
  const string name = upper_ascii(mode);
  const string pad = upper_ascii(padding);
  if (name == "GCM" && (pad == "NONE" || pad == "DEFAULT")) { return AesMode::kGcm; }
  if (name == "CBC" && (pad == "PKCS" || pad == "DEFAULT")) { return AesMode::kCbc; }
  if (name == "ECB" && (pad == "PKCS" || pad == "DEFAULT")) { return AesMode::kEcb; }
  throw SqlError("UNSUPPORTED_FEATURE.AES_MODE",
                 {{"mode", string(mode)}, {"padding", string(padding)}, {"functionName", string(kBothNames)}});
}

string_view name_of(AesMode mode) { return mode == AesMode::kGcm ? "GCM" : mode == AesMode::kCbc ? "CBC" : "ECB"; }

[[noreturn]] void fail_crypto(string detail) {
  throw SqlError(
      "INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR",
      {{"parameter", "`expr`, `key`"}, {"functionName", string(kBothNames)}, {"detailMessage", std::move(detail)}});
}

const EVP_CIPHER* find_cipher(AesMode mode, std::size_t key_bytes) {
  switch (key_bytes) {
    case 16:
      return mode == AesMode::kGcm ? EVP_aes_128_gcm() : mode == AesMode::kCbc ? EVP_aes_128_cbc() : EVP_aes_128_ecb();
    case 24:
      return mode == AesMode::kGcm ? EVP_aes_192_gcm() : mode == AesMode::kCbc ? EVP_aes_192_cbc() : EVP_aes_192_ecb();
    case 32:
      return mode == AesMode::kGcm ? EVP_aes_256_gcm() : mode == AesMode::kCbc ? EVP_aes_256_cbc() : EVP_aes_256_ecb();
    default:
      throw SqlError(
          "INVALID_PARAMETER_VALUE.AES_KEY_LENGTH",
          {{"parameter", "`key`"}, {"functionName", string(kBothNames)}, {"actualLength", std::to_string(key_bytes)}});
  }
}

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

CipherContext make_context() {
  CipherContext context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  if (!context) { throw InternalError("OpenSSL has no memory for a cipher"); }
  return context;
}

void require_openssl(int status) {
  if (status != 1) { throw InternalError("OpenSSL cannot set up a cipher"); }
}

const unsigned char* bytes_of_text(string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }
unsigned char* bytes_of_text(string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// Runs all of `input` through the cipher and returns what comes out; none when the last block is refused.
std::optional<string> run(EVP_CIPHER_CTX* context, string_view input) {
  string output(input.size() + kBlockBytes, '\0');
  int written = 0;
  int rest = 0;
  require_openssl(
      EVP_CipherUpdate(context, bytes_of_text(output), &written, bytes_of_text(input), static_cast<int>(input.size())));
  if (EVP_CipherFinal_ex(context, bytes_of_text(output) + written, &rest) != 1) { return std::nullopt; }
  output.resize(static_cast<std::size_t>(written + rest));
  return output;
}

void start(EVP_CIPHER_CTX* context, const EVP_CIPHER* cipher, string_view key, string_view iv, string_view aad,
           bool encrypts) {
  require_openssl(EVP_CipherInit_ex(context, cipher, nullptr, bytes_of_text(key),
                                    iv.empty() ? nullptr : bytes_of_text(iv), encrypts ? 1 : 0));
  if (!aad.empty()) {
    int written = 0;
    require_openssl(EVP_CipherUpdate(context, nullptr, &written, bytes_of_text(aad), static_cast<int>(aad.size())));
  }
}

/// The initialisation vector (GCM, CBC), the encrypted bytes, the tag (GCM), one behind the other.
string encrypt(string_view input, string_view key, AesMode mode, string_view given_iv, string_view aad) {
  const EVP_CIPHER* cipher = find_cipher(mode, key.size());
  if (mode == AesMode::kEcb && !given_iv.empty()) {
    throw SqlError("UNSUPPORTED_FEATURE.AES_MODE_IV",
                   {{"mode", string(name_of(mode))}, {"functionName", "`aes_encrypt`"}});
  }
  if (mode != AesMode::kGcm && !aad.empty()) {
    throw SqlError("UNSUPPORTED_FEATURE.AES_MODE_AAD",
                   {{"mode", string(name_of(mode))}, {"functionName", "`aes_encrypt`"}});
  }
  const std::size_t iv_bytes = mode == AesMode::kGcm ? kGcmIvBytes : mode == AesMode::kCbc ? kCbcIvBytes : 0;
  string iv(given_iv);
  if (!iv.empty() && iv.size() != iv_bytes) {
    throw SqlError("INVALID_PARAMETER_VALUE.AES_IV_LENGTH", {{"parameter", "`iv`"},
                                                             {"functionName", string(kBothNames)},
                                                             {"actualLength", std::to_string(iv.size())},
                                                             {"mode", string(name_of(mode))}});
  }
  if (iv.empty() && iv_bytes > 0) {
    iv.resize(iv_bytes);
    require_openssl(RAND_bytes(bytes_of_text(iv), static_cast<int>(iv_bytes)));
  }
  const CipherContext context = make_context();
  start(context.get(), cipher, key, iv, aad, true);
  auto encrypted = run(context.get(), input);
  if (!encrypted) { throw InternalError("OpenSSL cannot encrypt"); }
  string result = iv + *encrypted;
  if (mode == AesMode::kGcm) {
    std::array<unsigned char, kTagBytes> tag{};
    require_openssl(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kTagBytes), tag.data()));
    result.append(reinterpret_cast<const char*>(tag.data()), tag.size());
  }
  return result;
}

string decrypt(string_view input, string_view key, AesMode mode, string_view aad) {
  const EVP_CIPHER* cipher = find_cipher(mode, key.size());
  if (mode != AesMode::kGcm && !aad.empty()) {
    throw SqlError("UNSUPPORTED_FEATURE.AES_MODE_AAD",
                   {{"mode", string(name_of(mode))}, {"functionName", "`aes_decrypt`"}});
  }
  const std::size_t iv_bytes = mode == AesMode::kGcm ? kGcmIvBytes : mode == AesMode::kCbc ? kCbcIvBytes : 0;
  // The texts are those of Java's ciphers, which messages of Spark's carry.
  if (input.size() < iv_bytes) {
    fail_crypto(mode == AesMode::kGcm ? "Invalid buffer arguments"
                                      : "IV buffer too short for given offset/length combination");
  }
  const string_view iv = input.substr(0, iv_bytes);
  string_view encrypted = input.substr(iv_bytes);
  const CipherContext context = make_context();
  if (mode == AesMode::kGcm) {
    if (encrypted.size() < kTagBytes) {
      fail_crypto("Input data too short to contain an expected tag length of 16bytes");
    }
    start(context.get(), cipher, key, iv, aad, false);
    string tag(encrypted.substr(encrypted.size() - kTagBytes));
    encrypted.remove_suffix(kTagBytes);
    require_openssl(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(kTagBytes), tag.data()));
    auto decrypted = run(context.get(), encrypted);
    if (!decrypted) { fail_crypto("Tag mismatch!"); }
    return std::move(*decrypted);
  }
  if (encrypted.empty()) { return {}; }
  if (encrypted.size() % kBlockBytes != 0) {
    fail_crypto("Input length must be multiple of 16 when decrypting with padded cipher");
  }
  start(context.get(), cipher, key, iv, {}, false);
  auto decrypted = run(context.get(), encrypted);
  if (!decrypted) {
    fail_crypto("Given final block not properly padded. Such issues can arise if a bad key is used during decryption.");
  }
  return std::move(*decrypted);
}

/// Text argument i of a row, or what it is when the call does not have it.
string_view text_or(const Arguments& arguments, std::size_t i, std::int32_t row, const StringView& otherwise) {
  return (i < arguments.vectors.size() ? ColumnReader<StringView>(arguments[i])[row] : otherwise).view();
}

enum class AesFunction : std::uint8_t { kEncrypt, kDecrypt, kTryDecrypt };

template <AesFunction function>
BoundFunction bind_aes(const CallInput& input) {
  constexpr bool kEncrypts = function == AesFunction::kEncrypt;
  check_num_arguments(input, 2, kEncrypts ? 6 : 5);
  BoundFunction bound;
  bound.type = TypeId::kBinary;
  bound.nullable = true;
  bound.can_fail = function != AesFunction::kTryDecrypt;
  // expr and key are bytes, mode and padding are text, iv and aad are bytes.
  for (std::size_t i = 0; i < input.types.size(); ++i) {
    bound.argument_types.push_back(expect_argument(
        input, i, i == 2 || i == 3 ? ParameterType(TypeClass::kString) : ParameterType(TypeId::kBinary)));
  }
  bound.evaluate = [](const Arguments& arguments, Vector& result) {
    const StringView default_mode("GCM");
    const StringView default_padding("DEFAULT");
    const StringView nothing;
    const ColumnReader<StringView> inputs(arguments[0]);
    const ColumnReader<StringView> keys(arguments[1]);
    arguments.rows.for_each([&](std::int32_t row) {
      const auto compute = [&] {
        const AesMode mode =
            parse_mode(text_or(arguments, 2, row, default_mode), text_or(arguments, 3, row, default_padding));
        const string_view bytes = inputs[row].view();
        const string_view key = keys[row].view();
        if constexpr (kEncrypts) {
          return encrypt(bytes, key, mode, text_or(arguments, 4, row, nothing), text_or(arguments, 5, row, nothing));
        } else {
          return decrypt(bytes, key, mode, text_or(arguments, 4, row, nothing));
        }
      };
      if constexpr (function == AesFunction::kTryDecrypt) {
        try {
          rowwise_detail::write(result, row, compute());
        } catch (const SqlError&) { result.set_null(row); }
      } else {
        rowwise_detail::write(result, row, compute());
      }
    });
  };
  return bound;
}

}  // namespace

void add_crypto_functions(FunctionRegistry& registry) {
  const auto add = [&](string_view name, BindFunction bind, string_view usage, std::vector<FunctionExample> examples,
                       string_view since, bool is_deterministic) {
    registry.add(ScalarFunction{
        .name = name,
        .bind = std::move(bind),
        .documentation =
            {.group = "misc_funcs",
             .usage = usage,
             .arguments =
                 "key: 16, 24 or 32 bytes. mode: 'GCM', 'CBC' or 'ECB'. padding: 'DEFAULT', 'NONE' (GCM), 'PKCS' "
                 "(CBC, ECB). iv: 12 bytes (GCM) or 16 (CBC); random unless given. aad: bytes that are signed, "
                 "not encrypted (GCM).",
             .examples = std::move(examples),
             .since = since},
        .is_deterministic = is_deterministic});
  };
  add("aes_encrypt", bind_aes<AesFunction::kEncrypt>,
      "aes_encrypt(expr, key[, mode[, padding[, iv[, aad]]]]) - Returns expr encrypted with AES, its initialisation "
      "vector in front.",
      {{"SELECT base64(aes_encrypt('Spark SQL', '1234567890abcdef', 'ECB', 'PKCS'))", {"3lmwu+Mw0H3fi5NDvcu9lg=="}}},
      "3.3.0", false);
  add("aes_decrypt", bind_aes<AesFunction::kDecrypt>,
      "aes_decrypt(expr, key[, mode[, padding[, aad]]]) - Returns what aes_encrypt encrypted.",
      {{"SELECT CAST(aes_decrypt(unhex('83F16B2AA704794132802D248E6BFD4E380078182D1544813898AC97E709B28A94'), "
        "'0000111122223333') AS STRING)",
        {"Spark"}}},
      "3.3.0", true);
  add("try_aes_decrypt", bind_aes<AesFunction::kTryDecrypt>,
      "try_aes_decrypt(expr, key[, mode[, padding[, aad]]]) - As aes_decrypt, but NULL where that fails.",
      {{"SELECT try_aes_decrypt(unhex('00000000'), '0000111122223333', 'GCM')", {"NULL"}}}, "3.5.0", true);
}

}  // namespace hammerscale::sql
