package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Lettuce, with a server that knows some commands of Redis. */
@EnabledOnOs(OS.LINUX)
class LettuceTest {

  @Test
  void commandsTakeARoundTripAndTimeOutsAreExact() throws Exception {
    List<Long> taken =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .run(() -> {
              try (FakeServer redis = new FakeServer(LettuceTest::speak)) {
                RedisClient client =
                    RedisClient.create(
                        RedisURI.builder()
                            .withHost("localhost")
                            .withPort(redis.port())
                            .withTimeout(Duration.ofSeconds(10))
                            .build());
                List<Long> each = new ArrayList<>();
                try (StatefulRedisConnection<String, String> connection = client.connect()) {
                  RedisCommands<String, String> commands = connection.sync();
                  each.add(millis(() -> assertThat(commands.ping()).isEqualTo("PONG")));
                  each.add(millis(() -> assertThat(commands.get("tea")).isEqualTo("green")));
                  each.add(
                      millis(() ->
                          assertThatThrownBy(() -> commands.get("nothing"))
                              .isInstanceOf(RedisCommandTimeoutException.class)));
                } finally {
                  client.shutdown(0, 0, TimeUnit.SECONDS);
                }
                return each;
              }
            });

    assertThat(taken).containsExactly(20L, 20L, 10_000L);
  }

  private static void speak(DataInputStream in, DataOutputStream out) throws IOException {
    while (true) {
      List<String> command = read(in);
      String answer =
          switch (command.getFirst().toUpperCase(Locale.ROOT)) {
            case "HELLO" -> "%2\r\n$6\r\nserver\r\n$5\r\nredis\r\n$5\r\nproto\r\n:3\r\n";
            case "PING" -> "+PONG\r\n";
            case "GET" -> command.get(1).equals("tea") ? "$5\r\ngreen\r\n" : "";
            default -> "+OK\r\n";
          };
      out.write(answer.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
  }

  private static List<String> read(DataInputStream in) throws IOException {
    int count = Integer.parseInt(line(in).substring(1));
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] word = new byte[Integer.parseInt(line(in).substring(1))];
      in.readFully(word);
      line(in);
      words.add(new String(word, StandardCharsets.US_ASCII));
    }
    return words;
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException();
      }
      line.append((char) next);
    }
    return line.toString().strip();
  }
}
