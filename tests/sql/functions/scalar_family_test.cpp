#include <gtest/gtest.h>

#include <limits>

#include "function_caller.hpp"

namespace hammerscale::sql {
namespace {

// Expected values are Spark 4.2.1's.

using Texts = std::vector<std::string>;

std::string bytes(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  }
  return out;
}

TestArgument text(const char* value) { return constant(DataType::string(), value); }
TestArgument binary(std::string value) { return constant(TypeId::kBinary, std::move(value)); }
TestArgument number(int value) { return constant(TypeId::kInt, value); }

TEST(VectorMath, AsSpark) {
  FunctionCaller caller;
  const DataType vector = DataType::array(TypeId::kFloat);
  const auto floats = [](auto... values) { return Value(values_of(values...)); };
  const auto a = column(vector, floats(1.0F, 2.0F, 3.0F));
  const auto b = column(vector, floats(4.0F, 5.0F, 6.0F));
  EXPECT_EQ(caller.scalar("vector_cosine_similarity", {a, b}), Texts{"0.9746319"});
  EXPECT_EQ(caller.scalar("vector_inner_product", {a, b}), Texts{"32.0"});
  EXPECT_EQ(caller.scalar("vector_l2_distance", {a, b}), Texts{"5.196152"});
  const auto ten = column(vector, floats(0.1F, 0.2F, 0.3F, 0.4F, 0.5F, 0.6F, 0.7F, 0.8F, 0.9F, 1.1F));
  const auto other = column(vector, floats(1.1F, 1.2F, 1.3F, 1.4F, 1.5F, 1.6F, 1.7F, 1.8F, 1.9F, 2.1F));
  EXPECT_EQ(caller.scalar("vector_inner_product", {ten, other}), Texts{"9.66"});
  EXPECT_EQ(caller.scalar("vector_cosine_similarity", {ten, other}), Texts{"0.95388806"});
  EXPECT_EQ(caller.scalar("vector_norm", {ten}), Texts{"2.014944"});
  EXPECT_EQ(caller.scalar("vector_cosine_similarity", {column(vector, floats(0.0F)), column(vector, floats(1.0F))}),
            Texts{"NULL"});
  EXPECT_EQ(caller.scalar("vector_inner_product",
                          {column(vector, floats(Value(), 1.0F)), column(vector, floats(1.0F, 2.0F))}),
            Texts{"NULL"});
  const auto steep = column(vector, floats(3.0F, -4.0F));
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_EQ(caller.scalar("vector_norm", {steep}), Texts{"5.0"});
  EXPECT_EQ(caller.scalar("vector_norm", {steep, constant(TypeId::kFloat, 1.0F)}), Texts{"7.0"});
  EXPECT_EQ(caller.scalar("vector_norm", {steep, constant(TypeId::kFloat, infinity)}), Texts{"4.0"});
  EXPECT_EQ(caller.scalar("vector_normalize", {steep, constant(TypeId::kFloat, infinity)}), Texts{"[0.75, -1.0]"});
  EXPECT_EQ(caller.scalar("vector_normalize",
                          {column(vector, floats(3.0F, 4.0F), floats(0.0F, 0.0F), Value(Value::List{}))}, 3),
            (Texts{"[0.6, 0.8]", "NULL", "[]"}));
  EXPECT_EQ(condition_of_failure([&] {
              caller.scalar("vector_norm", {steep, constant(TypeId::kFloat, 3.0F)});
            }),
            "INVALID_VECTOR_NORM_DEGREE");
  EXPECT_EQ(condition_of_failure([&] {
              caller.scalar("vector_norm", {steep, number(1)});
            }),
            "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE");
  EXPECT_EQ(condition_of_failure([&] {
              caller.scalar("vector_inner_product", {a, steep});
            }),
            "VECTOR_DIMENSION_MISMATCH");
}

TEST(Crypto, AsSpark) {
  FunctionCaller caller;
  const auto key = binary("1234567890abcdef");
  EXPECT_EQ(caller.scalar("aes_encrypt", {binary(""), key, text("ecb")}),
            Texts{bytes("02DEC5652C0215F93AF69F009F0F6D58")});
  EXPECT_EQ(
      caller.scalar("aes_encrypt", {binary("Spark"), key, text("gcm"), text("none"), binary(std::string(12, '\0'))}),
      Texts{bytes("00000000000000000000000046596B2DE09C729FE48A0F81A00A4E7101DABEB61D")});
  const auto encrypted = binary(bytes("83F16B2AA704794132802D248E6BFD4E380078182D1544813898AC97E709B28A94"));
  EXPECT_EQ(caller.scalar("aes_decrypt", {encrypted, binary("0000111122223333")}), Texts{"Spark"});
  EXPECT_EQ(caller.scalar("try_aes_decrypt", {encrypted, key}), Texts{"NULL"});
  EXPECT_EQ(caller.scalar("try_aes_decrypt", {binary(std::string(16, 'x')), binary("short")}), Texts{"NULL"});
  for (const char* mode : {"ECB", "CBC", "GCM"}) {
    for (const std::size_t key_bytes : {16U, 24U, 32U}) {
      const auto long_key = binary(std::string(key_bytes, 'k'));
      const auto sealed = caller.scalar("aes_encrypt", {binary("a secret of some length"), long_key, text(mode)});
      EXPECT_EQ(caller.scalar("aes_decrypt", {binary(sealed[0]), long_key, text(mode)}),
                Texts{"a secret of some length"})
          << mode;
    }
  }
  const auto condition = [&](const char* name, std::vector<TestArgument> arguments) {
    return condition_of_failure([&] { caller.scalar(name, arguments); });
  };
  EXPECT_EQ(condition("aes_encrypt", {binary("a"), binary("short")}), "INVALID_PARAMETER_VALUE.AES_KEY_LENGTH");
  EXPECT_EQ(condition("aes_encrypt", {binary("a"), key, text("XYZ")}), "UNSUPPORTED_FEATURE.AES_MODE");
  EXPECT_EQ(condition("aes_encrypt", {binary("a"), key, text("GCM"), text("PKCS")}), "UNSUPPORTED_FEATURE.AES_MODE");
  EXPECT_EQ(condition("aes_encrypt", {binary("a"), key, text("ECB"), text("PKCS"), binary("x")}),
            "UNSUPPORTED_FEATURE.AES_MODE_IV");
  EXPECT_EQ(condition("aes_encrypt", {binary("a"), key, text("CBC"), text("PKCS"), binary("x")}),
            "INVALID_PARAMETER_VALUE.AES_IV_LENGTH");
  EXPECT_EQ(condition("aes_encrypt", {binary("a"), key, text("CBC"), text("PKCS"), binary(""), binary("aad")}),
            "UNSUPPORTED_FEATURE.AES_MODE_AAD");
  EXPECT_EQ(condition("aes_decrypt", {binary("four"), key}), "INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR");
  EXPECT_EQ(condition("aes_decrypt", {encrypted, key}), "INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR");
  EXPECT_EQ(condition("aes_decrypt", {binary("four"), key, text("ECB")}), "INVALID_PARAMETER_VALUE.AES_CRYPTO_ERROR");
}

TEST(Random, SeedsGiveSparksNumbers) {
  FunctionCaller caller;
  EXPECT_EQ(caller.scalar("randstr", {number(3), number(0)}), Texts{"ceV"});
  EXPECT_EQ(caller.scalar("randstr", {number(10), number(5)}), Texts{"R0Tmgfhbai"});
  EXPECT_EQ(caller.scalar("randstr", {number(5), number(0)}, 4), (Texts{"ceV0P", "XaR2I", "lBhHi", "56d0u"}));
  EXPECT_EQ(caller.scalar("uniform", {number(10), number(20), number(0)}), Texts{"17"});
  EXPECT_EQ(caller.scalar("uniform", {number(0), number(100), number(7)}, 5), (Texts{"28", "45", "76", "66", "52"}));
  EXPECT_EQ(caller.scalar("uniform", {constant(TypeId::kDouble, 0.0), constant(TypeId::kDouble, 1.0), number(7)}),
            Texts{"0.28188121484885875"});
  EXPECT_EQ(caller.scalar("uniform", {constant(TypeId::kFloat, 0.0F), constant(TypeId::kFloat, 10.0F), number(7)}),
            Texts{"2.8188121"});
  EXPECT_EQ(caller.scalar("uniform", {constant(DataType::decimal(2, 1), Value(Int128{15})),
                                      constant(DataType::decimal(4, 2), Value(Int128{2255})), number(7)}),
            Texts{"7.43"});
  EXPECT_EQ(caller.type(), "decimal(4,2)");
  EXPECT_EQ(caller.scalar("uniform", {number(-5), number(5), number(7)}), Texts{"-2"});
  EXPECT_EQ(condition_of_failure([&] {
              caller.scalar("randstr", {number(-1), number(0)});
            }),
            "INVALID_PARAMETER_VALUE.LENGTH");
  EXPECT_EQ(condition_of_failure([&] {
              caller.scalar("uniform", {text("a"), number(1)});
            }),
            "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE");
}

TEST(Collation, NamesAndTypes) {
  FunctionCaller caller;
  EXPECT_EQ(
      caller.scalar("collate", {column(DataType::string(), "a text longer than twelve bytes"), text("utf8_lcase")}),
      Texts{"a text longer than twelve bytes"});
  EXPECT_EQ(caller.type(), "string collate UTF8_LCASE");
  EXPECT_EQ(caller.scalar("collation", {column(DataType::string(Collation::kUtf8Lcase), "a")}),
            Texts{"SYSTEM.BUILTIN.UTF8_LCASE"});
  EXPECT_EQ(condition_of_failure([&] {
              caller.scalar("collate", {text("a"), text("NOPE")});
            }),
            "COLLATION_INVALID_NAME");
}

TEST(Time, FieldsAndUnits) {
  FunctionCaller caller;
  const auto time = [](std::int64_t hour, std::int64_t minute, std::int64_t micros) {
    return constant(DataType::time(6), (hour * 3'600'000'000 + minute * 60'000'000 + micros) * 1'000);
  };
  const auto seconds = [](std::int64_t micros) { return constant(DataType::decimal(16, 6), Value(Int128{micros})); };
  EXPECT_EQ(caller.scalar("make_time", {number(6), number(30), seconds(45'887'000)}), Texts{"06:30:45.887"});
  EXPECT_EQ(caller.scalar("make_time", {number(23), number(59), seconds(59'999'999)}), Texts{"23:59:59.999999"});
  const std::string out_of_bounds = "DATETIME_FIELD_OUT_OF_BOUNDS.WITHOUT_SUGGESTION";
  EXPECT_EQ(condition_of_failure([&] {
              caller.scalar("make_time", {number(24), number(0), seconds(0)});
            }),
            out_of_bounds);
  EXPECT_EQ(condition_of_failure([&] {
              caller.scalar("make_time", {number(1), number(0), seconds(60'000'000)});
            }),
            out_of_bounds);
  EXPECT_EQ(condition_of_failure([&] {
              caller.scalar("make_time", {number(1), number(0), seconds(-1)});
            }),
            out_of_bounds);
  const auto start = time(20, 30, 29'000'000);
  EXPECT_EQ(caller.scalar("time_diff", {text("HOUR"), start, time(21, 30, 28'000'000)}), Texts{"0"});
  EXPECT_EQ(caller.scalar("time_diff", {text("MINUTE"), start, time(21, 30, 28'000'000)}), Texts{"59"});
  EXPECT_EQ(caller.scalar("time_diff", {text("second"), time(21, 30, 29'000'000), time(20, 30, 28'000'000)}),
            Texts{"-3601"});
  EXPECT_EQ(condition_of_failure([&] {
              caller.scalar("time_diff", {text("DAY"), start, start});
            }),
            "INVALID_PARAMETER_VALUE.TIME_UNIT");
  EXPECT_EQ(caller.scalar("time_trunc", {text("MILLISECOND"), time(9, 32, 5'359'123)}), Texts{"09:32:05.359"});
  EXPECT_EQ(caller.scalar("time_from_seconds", {constant(DataType::decimal(6, 1), Value(Int128{522005}))}),
            Texts{"14:30:00.5"});
  EXPECT_EQ(caller.scalar("time_from_millis", {number(52'200'500)}), Texts{"14:30:00.5"});
  EXPECT_EQ(condition_of_failure([&] { caller.scalar("time_from_seconds", {number(86'400)}); }), out_of_bounds);
  EXPECT_EQ(condition_of_failure([&] { caller.scalar("time_from_micros", {number(-5)}); }), out_of_bounds);
  EXPECT_EQ(caller.scalar("time_to_seconds", {time(14, 30, 500'000)}), Texts{"52200.500000"});
  EXPECT_EQ(caller.scalar("time_to_millis", {time(14, 30, 500'000)}), Texts{"52200500"});
  caller.context().query_start_micros = 1'700'000'000'123'456;
  EXPECT_EQ(caller.scalar("current_time", {number(3)}), Texts{"22:13:20.123"});
  EXPECT_EQ(condition_of_failure([&] { caller.scalar("current_time", {number(7)}); }),
            "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE");
}

TEST(Time, Buckets) {
  FunctionCaller caller;
  const std::int64_t time = 1'704'108'420'000'000;  // 2024-01-01 11:27:00
  const DataType interval = DataType::day_time_interval(IntervalField::kDay, IntervalField::kSecond);
  const auto quarter = constant(interval, std::int64_t{900'000'000});
  EXPECT_EQ(caller.scalar("time_bucket", {quarter, column(TypeId::kTimestamp, time)}), Texts{"2024-01-01 11:15:00"});
  EXPECT_EQ(caller.scalar("time_bucket",
                          {constant(interval, std::int64_t{86'400'000'000}), column(TypeId::kTimestampNtz, time)}),
            Texts{"2024-01-01 00:00:00"});
  EXPECT_EQ(caller.scalar("time_bucket", {quarter, column(TypeId::kTimestamp, time),
                                          constant(TypeId::kTimestamp, std::int64_t{1'577'837'100'000'000})}),
            Texts{"2024-01-01 11:20:00"});
  const DataType months = DataType::year_month_interval(IntervalField::kMonth, IntervalField::kMonth);
  EXPECT_EQ(
      caller.scalar("time_bucket", {constant(months, 1), column(TypeId::kTimestamp, std::int64_t{-4'019'580'000'000})}),
      Texts{"1969-11-01 00:00:00"});
  EXPECT_EQ(condition_of_failure([&] {
              caller.scalar("time_bucket", {constant(interval, 0), column(TypeId::kTimestamp, time)});
            }),
            "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE");
}

}  // namespace
}  // namespace hammerscale::sql
