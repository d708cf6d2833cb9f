package dev.standstill.network;

import static dev.standstill.network.TwoHosts.DELAY;
import static dev.standstill.network.TwoHosts.PORT;
import static dev.standstill.network.TwoHosts.later;
import static dev.standstill.network.TwoHosts.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.network.kernel.Node;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.NoRouteToHostException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Hosts have names, addresses and ports of their own. */
@EnabledOnOs(OS.LINUX)
class HostNamesTest {

  private static final String A = "10.0.0.2";
  private static final String B = "10.0.0.3";

  @Test
  void aHostIsReachedByNameFromAnotherAndFromTheTest() throws Exception {
    TwoHosts.run(hosts -> {
      try (ServerSocket server = on(hosts.b(), () -> new ServerSocket(PORT))) {
        for (Node from : List.of(hosts.a(), hosts.network().first())) {
          hosts.restart();
          try (Socket client = later(from, () -> new Socket("b", PORT)).get();
              Socket accepted = server.accept()) {
            assertThat(hosts.millis()).isEqualTo(3 * DELAY);
            assertThat(client.getInetAddress()).hasToString("b/" + B);
            assertThat(accepted.getLocalAddress().getHostAddress()).isEqualTo(B);
            assertThat(accepted.getInetAddress()).isEqualTo(from.address());
            assertThat(accepted.getInetAddress().getHostName()).isEqualTo(from.name());
            assertThat(accepted.getInetAddress().getCanonicalHostName()).isEqualTo(from.name());
          }
        }
      }
    });
  }

  @Test
  void theTestIsReachedByItsName() throws Exception {
    TwoHosts.run(hosts -> {
      try (ServerSocket server = new ServerSocket(PORT);
          Socket client = later(hosts.a(), () -> new Socket("test", PORT)).get();
          Socket accepted = server.accept()) {
        assertThat(accepted.getInetAddress().getHostAddress()).isEqualTo(A);
        assertThat(client.getInetAddress()).hasToString("test/10.0.0.1");
      }
    });
  }

  @Test
  void eachHostHasPortsAndALoopbackOfItsOwn() throws Exception {
    TwoHosts.run(hosts -> {
      try (ServerSocket ofTest = new ServerSocket(PORT);
          ServerSocket ofA = on(hosts.a(), () -> new ServerSocket(PORT));
          ServerSocket ofB =
              on(hosts.b(), () -> new ServerSocket(PORT, 50, SocketContract.here()))) {
        hosts.restart();
        Socket client = on(hosts.a(), () -> new Socket("localhost", PORT));
        Socket accepted = ofA.accept();
        assertThat(hosts.millis()).as("within a host there is no latency").isZero();
        assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
        on(hosts.a(), () -> new Socket("a", PORT));
        assertThat(ofA.accept().getInetAddress()).isEqualTo(hosts.a().address());
        on(hosts.b(), () -> new Socket("127.0.0.1", PORT));
        assertThat(ofB.accept().getInetAddress().isLoopbackAddress()).isTrue();
        assertThatThrownBy(() -> on(hosts.a(), () -> new Socket("b", PORT)))
            .as("bound to the loopback of b")
            .isInstanceOf(ConnectException.class);
        hosts.restart();
        Later<Socket> own = Later.of(() -> new Socket("localhost", PORT));
        ofTest.accept();
        assertThat(hosts.millis()).as("the test's host is as it was").isEqualTo(3 * DELAY);
        own.get();
        assertThatThrownBy(() -> on(hosts.a(), () -> new ServerSocket(PORT)))
            .isInstanceOf(BindException.class);
        assertThatThrownBy(() -> on(hosts.a(), () -> new ServerSocket(0, 1, hosts.b().address())))
            .isInstanceOf(BindException.class)
            .hasMessageContaining("Cannot assign requested address");
      }
    });
  }

  @Test
  void whoReachesNobodyIsTold() throws Exception {
    TwoHosts.run(hosts -> {
      hosts.restart();
      assertThatThrownBy(() -> on(hosts.a(), () -> new Socket("b", PORT)))
          .isInstanceOf(ConnectException.class)
          .hasMessage(
              "Connection refused: nobody listens on b:7000 on the network of loop \"test\": host \"b\" has no server there now");
      assertThat(hosts.millis()).isEqualTo(2 * DELAY);
      assertThatThrownBy(() -> on(hosts.a(), () -> new Socket("10.0.0.4", PORT)))
          .isInstanceOf(NoRouteToHostException.class)
          .hasMessageContaining("nobody has the address 10.0.0.4:7000 on the network of loop");
      assertThatThrownBy(() -> on(hosts.a(), () -> InetAddress.getByName("c")))
          .isInstanceOf(UnknownHostException.class)
          .hasMessageContaining("c: nobody has this name on the network of loop \"test\"");
    });
  }

  @Test
  void aHostKnowsItself() throws Exception {
    TwoHosts.run(hosts -> {
      InetAddress machine = InetAddress.getLocalHost();
      assertThat(on(hosts.a(), InetAddress::getLocalHost)).hasToString("a/" + A);
      assertThat(on(hosts.b(), InetAddress::getLocalHost)).hasToString("b/" + B);
      assertThat(InetAddress.getLocalHost()).isEqualTo(machine);
      assertThat(on(hosts.a(), () -> InetAddress.getByName("localhost")).isLoopbackAddress())
          .isTrue();
      assertThat(on(hosts.a(), () -> InetAddress.getByName("A"))).isEqualTo(hosts.a().address());
    });
  }

  @Test
  void aHostHasAnInterfaceBesidesTheLoopback() throws Exception {
    TwoHosts.run(hosts -> {
      List<NetworkInterface> all =
          on(hosts.a(), () -> NetworkInterface.networkInterfaces().toList());
      assertThat(all).hasSize(2);
      assertThat(all.getFirst().isLoopback()).isTrue();
      NetworkInterface own = all.getLast();
      assertThat(own.getName()).isEqualTo("eth0");
      assertThat(own.inetAddresses()).containsExactly(hosts.a().address());
      assertThat(own.isUp()).isTrue();
      assertThat(own.isLoopback()).isFalse();
      assertThat(own.isPointToPoint()).isFalse();
      assertThat(own.supportsMulticast()).isTrue();
      assertThat(own.getMTU()).isEqualTo(1500);
      assertThat(own.getHardwareAddress()).containsExactly(2, 0, 10, 0, 0, 2);
      on(
          hosts.a(),
          () -> {
            assertThat(NetworkInterface.getByName("eth0")).isEqualTo(own);
            assertThat(NetworkInterface.getByIndex(own.getIndex())).isEqualTo(own);
            assertThat(NetworkInterface.getByInetAddress(hosts.a().address())).isEqualTo(own);
            assertThat(NetworkInterface.getByInetAddress(hosts.b().address())).isNull();
            return "";
          });
      assertThat(NetworkInterface.networkInterfaces()).hasSize(1);
    });
  }

  @Test
  void datagramsSayFromWhichHostTheyCome() throws Exception {
    TwoHosts.run(hosts -> {
      try (DatagramSocket server = on(hosts.b(), () -> new DatagramSocket(PORT));
          DatagramSocket client = on(hosts.a(), () -> new DatagramSocket())) {
        client.connect(new InetSocketAddress(hosts.b().address(), PORT));
        assertThat(client.getLocalAddress()).isEqualTo(hosts.a().address());
        client.send(new DatagramPacket(new byte[3], 3));
        DatagramPacket received = new DatagramPacket(new byte[9], 9);
        server.receive(received);
        assertThat(hosts.millis()).isEqualTo(DELAY);
        assertThat(received.getSocketAddress())
            .isEqualTo(new InetSocketAddress(hosts.a().address(), client.getLocalPort()));
        server.send(received);
        client.receive(new DatagramPacket(new byte[9], 9));
        assertThat(hosts.millis()).isEqualTo(2 * DELAY);
      }
    });
  }

  @Test
  void whatCannotBeANameIsRefused() throws Exception {
    TwoHosts.run(hosts -> {
      for (String name : List.of("", "a b", "-a", "10.0.0.9", "b:80")) {
        assertThatThrownBy(() -> hosts.network().add(name))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "\"%s\" cannot be the name of a host: use letters, digits, - and dots, and a letter at least."
                    .formatted(name));
      }
      for (String name : List.of("A", "test", "localhost")) {
        assertThatThrownBy(() -> hosts.network().add(name))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "There is a host \"%s\" on the network of loop \"test\": give the new one another name."
                    .formatted(name));
      }
    });
  }
}
