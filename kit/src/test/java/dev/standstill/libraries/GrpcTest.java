package dev.standstill.libraries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Client and server of gRPC in one process: handlers may take hours, deadlines are virtual. */
class GrpcTest {

  private static final MethodDescriptor<String, String> GREET = method("Greet", true);
  private static final MethodDescriptor<String, String> WAKE = method("Wake", false);

  /** How client and server meet. */
  enum Transport {
    IN_PROCESS(ChronoUnit.HOURS) {
      @Override
      ServerBuilder<?> server() {
        return InProcessServerBuilder.forName("desk");
      }

      @Override
      ManagedChannelBuilder<?> channel(int port) {
        return InProcessChannelBuilder.forName("desk");
      }
    };

    /** How long a wait is. */
    private final Duration unit;

    Transport(ChronoUnit unit) {
      this.unit = unit.getDuration();
    }

    abstract ServerBuilder<?> server();

    abstract ManagedChannelBuilder<?> channel(int port);
  }

  /** What a client does. */
  interface Guest {
    void meet(ManagedChannel desk) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void anAnswerMayTakeLong(Transport transport) throws Exception {
    onLoops(
        transport,
        desk -> {
          assertThat(greet(desk, CallOptions.DEFAULT)).isEqualTo("Good morning, Ada");
          assertElapsed(transport.unit, 8);
        });
  }

  @ParameterizedTest
  @EnumSource
  void aDeadlinePasses(Transport transport) throws Exception {
    onLoops(
        transport,
        desk -> {
          assertThatThrownBy(() ->
                  greet(
                      desk, CallOptions.DEFAULT.withDeadlineAfter(transport.unit.multipliedBy(3))))
              .isInstanceOf(StatusRuntimeException.class)
              .satisfies(e ->
                  assertThat(Status.fromThrowable(e).getCode())
                      .isEqualTo(Status.Code.DEADLINE_EXCEEDED));
          assertElapsed(transport.unit, 3);
          Thread.sleep(transport.unit.multipliedBy(8)); // gRPC does not interrupt handlers
        });
  }

  @ParameterizedTest
  @EnumSource
  void aStreamComesItemByItem(Transport transport) throws Exception {
    onLoops(
        transport,
        desk -> {
          List<String> calls = new ArrayList<>();
          ClientCalls.blockingServerStreamingCall(desk, WAKE, CallOptions.DEFAULT, "Ada")
              .forEachRemaining(
                  call -> calls.add(call + " at " + Loops.elapsed().dividedBy(transport.unit)));
          assertThat(calls).containsExactly("Ada! at 1", "Ada! at 2", "Ada! at 3");
        });
  }

  private static void assertElapsed(Duration unit, int times) {
    assertThat(Loops.elapsed()).isBetween(unit.multipliedBy(times), unit.multipliedBy(times + 1));
  }

  private static void onLoops(Transport transport, Guest guest) throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).leaks(Leaks.FAIL).open()) {
        loop.run(() -> {
          meetAtDesk(transport, guest);
          return null;
        });
      }
    }
  }

  private static void meetAtDesk(Transport transport, Guest guest) throws Exception {
    Server server = transport.server().addService(desk(transport.unit)).build().start();
    ManagedChannel channel = transport.channel(server.getPort()).build();
    try {
      guest.meet(channel);
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
      assertThat(channel.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
      assertThat(server.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    }
  }

  private static ServerServiceDefinition desk(Duration unit) {
    return ServerServiceDefinition.builder("Desk")
        .addMethod(
            GREET,
            ServerCalls.asyncUnaryCall((name, guest) -> greetInTheMorning(unit, name, guest)))
        .addMethod(
            WAKE,
            ServerCalls.asyncServerStreamingCall(
                (name, guest) -> wakeThreeTimes(unit, name, guest)))
        .build();
  }

  private static void greetInTheMorning(Duration unit, String name, StreamObserver<String> guest) {
    if (sleep(unit.multipliedBy(8)) && !((ServerCallStreamObserver<String>) guest).isCancelled()) {
      guest.onNext("Good morning, " + name);
      guest.onCompleted();
    }
  }

  private static void wakeThreeTimes(Duration unit, String name, StreamObserver<String> guest) {
    for (int i = 0; i < 3; i++) {
      if (!sleep(unit)) {
        return;
      }
      guest.onNext(name + "!");
    }
    guest.onCompleted();
  }

  /** Tells whether it was not interrupted, as handlers are whose server is shut down. */
  private static boolean sleep(Duration duration) {
    try {
      Thread.sleep(duration);
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  private static String greet(ManagedChannel desk, CallOptions options) {
    return ClientCalls.blockingUnaryCall(desk, GREET, options, "Ada");
  }

  private static MethodDescriptor<String, String> method(String name, boolean unary) {
    return MethodDescriptor.<String, String>newBuilder()
        .setType(
            unary
                ? MethodDescriptor.MethodType.UNARY
                : MethodDescriptor.MethodType.SERVER_STREAMING)
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
