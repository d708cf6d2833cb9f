package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** gRPC over Netty, with the event loops that it shares among its channels. */
@EnabledOnOs(OS.LINUX)
class GrpcTest {

  private static final MethodDescriptor<String, String> GREET =
      method("Greet", MethodDescriptor.MethodType.UNARY);
  private static final MethodDescriptor<String, String> COUNT =
      method("Count", MethodDescriptor.MethodType.SERVER_STREAMING);

  private interface Visit<R> {
    R at(ManagedChannel desk) throws Exception;
  }

  @Test
  void callsTakeRoundTripsAndDeadlinesAreExact() throws Exception {
    List<Long> taken =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .run(() ->
                atDesk(desk -> {
                  CallOptions patient = CallOptions.DEFAULT;
                  List<Long> each = new ArrayList<>();
                  each.add(
                      millis(
                          () -> assertThat(greet(desk, patient, "Ada")).isEqualTo("Hello, Ada")));
                  each.add(
                      millis(
                          () -> assertThat(greet(desk, patient, "Ada")).isEqualTo("Hello, Ada")));
                  each.add(
                      millis(() ->
                          assertThatThrownBy(() ->
                                  greet(
                                      desk,
                                      patient.withDeadlineAfter(Duration.ofSeconds(3)),
                                      "nobody"))
                              .isInstanceOfSatisfying(
                                  StatusRuntimeException.class,
                                  e ->
                                      assertThat(e.getStatus().getCode())
                                          .isEqualTo(Status.Code.DEADLINE_EXCEEDED))));
                  return each;
                }));

    assertThat(taken).containsExactly(60L, 20L, 3_000L);
  }

  @Test
  void aStreamArrivesWithItsBeat() throws Exception {
    List<Long> arrived =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .run(() ->
                atDesk(desk -> {
                  List<Long> each = new ArrayList<>();
                  Iterator<String> counts =
                      ClientCalls.blockingServerStreamingCall(desk, COUNT, CallOptions.DEFAULT, "");
                  for (int i = 1; i <= 3; i++) {
                    String expected = String.valueOf(i);
                    each.add(millis(() -> assertThat(counts.next()).isEqualTo(expected)));
                  }
                  assertThat(counts.hasNext()).isFalse();
                  return each;
                }));

    assertThat(arrived).containsExactly(60_060L, 60_000L, 60_000L);
  }

  private static <R> R atDesk(Visit<R> visit) throws Exception {
    Server server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(
                ServerServiceDefinition.builder("Desk")
                    .addMethod(GREET, ServerCalls.asyncUnaryCall(GrpcTest::greet))
                    .addMethod(COUNT, ServerCalls.asyncServerStreamingCall(GrpcTest::count))
                    .build())
            .build()
            .start();
    ManagedChannel desk =
        NettyChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
    try {
      return visit.at(desk);
    } finally {
      desk.shutdownNow();
      server.shutdownNow();
      server.awaitTermination();
      Thread.sleep(5_000); // then what channels share is let go
    }
  }

  private static void greet(String name, StreamObserver<String> guest) {
    if (!name.equals("nobody")) {
      guest.onNext("Hello, " + name);
      guest.onCompleted();
    }
  }

  private static void count(String nothing, StreamObserver<String> guest) {
    try {
      for (int i = 1; i <= 3; i++) {
        Thread.sleep(60_000);
        guest.onNext(String.valueOf(i));
      }
      guest.onCompleted();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String greet(ManagedChannel desk, CallOptions options, String name) {
    return ClientCalls.blockingUnaryCall(desk, GREET, options, name);
  }

  private static MethodDescriptor<String, String> method(
      String name, MethodDescriptor.MethodType type) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(type)
        .setFullMethodName(MethodDescriptor.generateFullMethodName("Desk", name))
        .setRequestMarshaller(new Text())
        .setResponseMarshaller(new Text())
        .build();
  }

  /** Strings instead of generated messages. */
  private static final class Text implements MethodDescriptor.Marshaller<String> {

    @Override
    public InputStream stream(String value) {
      return new ByteArrayInputStream(value.getBytes(UTF_8));
    }

    @Override
    public String parse(InputStream stream) {
      try {
        return new String(stream.readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
