package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.MembershipKey;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

/** What sockets remember of what they are told. */
interface OptionContract extends SocketContract {

  private static <T> void assertKept(NetworkChannel channel, SocketOption<T> option, T value)
      throws Exception {
    channel.setOption(option, value);
    assertThat(channel.getOption(option)).as(option.name()).isEqualTo(value);
  }

  @Test
  default void streamsKeepTheirOptions() throws Exception {
    run(() -> {
      try (SocketChannel channel = SocketChannel.open()) {
        for (SocketOption<Boolean> option :
            Set.of(
                StandardSocketOptions.TCP_NODELAY,
                StandardSocketOptions.SO_KEEPALIVE,
                StandardSocketOptions.SO_REUSEADDR,
                StandardSocketOptions.SO_REUSEPORT)) {
          assertKept(channel, option, true);
          assertKept(channel, option, false);
        }
        assertKept(channel, StandardSocketOptions.SO_LINGER, 5);
        assertKept(channel, StandardSocketOptions.SO_LINGER, -1);
        assertKept(channel, StandardSocketOptions.IP_TOS, 8);
      }
    });
  }

  @Test
  default void optionsHaveTheirDefaults() throws Exception {
    run(() -> {
      try (SocketChannel channel = SocketChannel.open();
          ServerSocketChannel server = ServerSocketChannel.open();
          DatagramChannel datagrams = DatagramChannel.open(StandardProtocolFamily.INET)) {
        assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isFalse();
        assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isFalse();
        assertThat(channel.getOption(StandardSocketOptions.SO_LINGER)).isEqualTo(-1);
        assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF)).isPositive();
        assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF)).isPositive();
        assertThat(server.getOption(StandardSocketOptions.SO_REUSEADDR)).isTrue();
        assertThat(datagrams.getOption(StandardSocketOptions.SO_BROADCAST)).isFalse();
        assertThat(datagrams.getOption(StandardSocketOptions.IP_MULTICAST_TTL)).isOne();
        assertThat(datagrams.getOption(StandardSocketOptions.IP_MULTICAST_LOOP)).isTrue();
        assertThat(datagrams.getOption(StandardSocketOptions.IP_MULTICAST_IF)).isNull();
      }
    });
  }

  @Test
  default void buffersAreAtLeastAsLargeAsAskedFor() throws Exception {
    run(() -> {
      try (SocketChannel channel = SocketChannel.open()) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 20_000);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 20_000);
        assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF))
            .isGreaterThanOrEqualTo(20_000);
        assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF))
            .isGreaterThanOrEqualTo(20_000);
      }
    });
  }

  @Test
  default void extendedOptionsAreKept() throws Exception {
    run(() -> {
      try (SocketChannel channel = SocketChannel.open()) {
        assertKept(channel, ExtendedSocketOptions.TCP_KEEPIDLE, 10);
        assertKept(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, 11);
        assertKept(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
        assertKept(channel, ExtendedSocketOptions.TCP_QUICKACK, true);
        assertThat(channel.getOption(ExtendedSocketOptions.SO_INCOMING_NAPI_ID)).isZero();
      }
      try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
        assertKept(channel, ExtendedSocketOptions.IP_DONTFRAGMENT, true);
        assertKept(channel, ExtendedSocketOptions.IP_DONTFRAGMENT, false);
      }
    });
  }

  @Test
  default void extendedOptionsHaveTheirDefaults() throws Exception {
    run(() -> {
      try (SocketChannel channel = SocketChannel.open()) {
        assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(7200);
        assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(75);
        assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(9);
        assertThat(channel.getOption(ExtendedSocketOptions.TCP_QUICKACK)).isTrue();
      }
    });
  }

  @Test
  default void datagramsKeepTheirOptions() throws Exception {
    run(() -> {
      NetworkInterface loopback = NetworkInterface.getByInetAddress(SocketContract.here());
      try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET)) {
        assertKept(channel, StandardSocketOptions.SO_BROADCAST, true);
        assertKept(channel, StandardSocketOptions.SO_REUSEADDR, true);
        assertKept(channel, StandardSocketOptions.IP_TOS, 8);
        assertKept(channel, StandardSocketOptions.IP_MULTICAST_TTL, 7);
        assertKept(channel, StandardSocketOptions.IP_MULTICAST_LOOP, false);
        assertKept(channel, StandardSocketOptions.IP_MULTICAST_IF, loopback);
      }
    });
  }

  @Test
  default void groupsAreJoinedAndLeft() throws Exception {
    run(() -> {
      NetworkInterface loopback = NetworkInterface.getByInetAddress(SocketContract.here());
      InetAddress group = InetAddress.ofLiteral("230.0.0.1");
      try (DatagramChannel channel =
          DatagramChannel.open(StandardProtocolFamily.INET).bind(new InetSocketAddress(0))) {
        MembershipKey key = channel.join(group, loopback);
        assertThat(key.isValid()).isTrue();
        key.block(SocketContract.here());
        key.unblock(SocketContract.here());
        key.drop();
        assertThat(key.isValid()).isFalse();
      }
    });
  }

  @Test
  default void classicSocketsKeepTheirOptions() throws Exception {
    run(() -> {
      try (Pair pair = Pair.open();
          ServerSocket server = SocketContract.server();
          DatagramSocket datagrams = new DatagramSocket(SocketContract.anyPort())) {
        pair.client().setTcpNoDelay(true);
        pair.client().setKeepAlive(true);
        pair.client().setTrafficClass(8);
        assertThat(pair.client().getTcpNoDelay()).isTrue();
        assertThat(pair.client().getKeepAlive()).isTrue();
        assertThat(pair.client().getTrafficClass()).isEqualTo(8);
        assertThat(pair.server().getTcpNoDelay()).isFalse();
        server.setReuseAddress(false);
        assertThat(server.getReuseAddress()).isFalse();
        datagrams.setBroadcast(false);
        assertThat(datagrams.getBroadcast()).isFalse();
      }
    });
  }

  @Test
  default void thisHostIsReachable() throws Exception {
    run(() -> assertThat(SocketContract.here().isReachable(1_000)).isTrue());
  }
}
