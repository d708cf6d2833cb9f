package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Kafka's producer where there is no broker. */
@EnabledOnOs(OS.LINUX)
class KafkaTest {

  @Test
  void aProducerGivesUpAfterItsTime() throws Exception {
    long taken =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .run(() -> {
              KafkaProducer<String, String> producer =
                  new KafkaProducer<>(
                      Map.of(
                          ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                          "localhost:9092",
                          ProducerConfig.CLIENT_ID_CONFIG,
                          "shop",
                          ProducerConfig.MAX_BLOCK_MS_CONFIG,
                          60_000),
                      new StringSerializer(),
                      new StringSerializer());
              try {
                return millis(() ->
                    assertThatThrownBy(
                            () -> producer.send(new ProducerRecord<>("orders", "tea")).get())
                        .isInstanceOf(ExecutionException.class)
                        .hasCauseInstanceOf(TimeoutException.class));
              } finally {
                producer.close(Duration.ofSeconds(5));
              }
            });

    assertThat(taken).isEqualTo(60_000);
  }
}
