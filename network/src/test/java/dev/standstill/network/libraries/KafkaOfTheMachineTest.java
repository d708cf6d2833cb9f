package dev.standstill.network.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.test.Leaks;
import dev.standstill.test.OutsideWaitException;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A producer of Kafka on the machine's network, where it finds no broker. */
class KafkaOfTheMachineTest {

  /** How long a producer waits for a broker by default. */
  private static final Duration MAX_BLOCK = Duration.ofMinutes(1);

  /** Nobody listens on the port of the discard service. */
  private static final String NO_BROKER = "127.0.0.1:9";

  /** Its selector waits for real sockets, in real time. The run ends, or says who waits. */
  @Test
  @Tag("slow")
  void isToldOfOrGivesUp() throws Exception {
    Duration limit = Duration.ofSeconds(1);
    try (TestLoop loop = TestLoop.builder().realTimeLimit(limit).leaks(Leaks.IGNORE).open()) {
      loop.run(KafkaOfTheMachineTest::sendsInVain);

      assertThat(loop.now()).isAfterOrEqualTo(TestLoop.DEFAULT_START.plus(MAX_BLOCK));
    } catch (OutsideWaitException told) {
      assertThat(told).hasMessageContaining("kafka-producer-network-thread");
    }
  }

  private static void sendsInVain() {
    Map<String, Object> settings = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, NO_BROKER);
    StringSerializer text = new StringSerializer();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, text, text)) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> producer.send(new ProducerRecord<>("prices", "42")).get())
          .withCauseInstanceOf(TimeoutException.class);
    }
  }
}
