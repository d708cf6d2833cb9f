package dev.standstill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.standstill.EventLoop;
import dev.standstill.children.Child;
import dev.standstill.children.Jvm;
import dev.standstill.probe.MeasuredShop;
import dev.standstill.probe.Unmanaged;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;

/** Loops in the MBean server of their process, seen from there and from another process. */
class JmxTest {

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  @Test
  void showsALoopFromRegistrationUntilItHasEnded() throws Exception {
    ObjectName name = new ObjectName("dev.standstill:type=EventLoop,name=\"till\"");
    try (EventLoop loop = EventLoop.start("till")) {
      LoopMetrics.of(loop);
      assertThat(server.isRegistered(name)).as("before").isFalse();

      LoopMetrics.register(loop);
      loop.spawn("clerk", () -> LockSupport.park());
      loop.submit(() -> {}).get();

      assertThat(server.getAttribute(name, "Name")).isEqualTo("till");
      assertThat(server.getAttribute(name, "StartedTaskCount")).isEqualTo(2L);
      assertThat((String) server.invoke(name, "taskTree", null, null))
          .startsWith("EventLoop \"till\": ")
          .contains("\"clerk\" WAITING");
      assertThat(server.getMBeanInfo(name).getAttributes())
          .extracting(attribute -> attribute.getName())
          .containsExactlyInAnyOrder(
              "Name",
              "TaskCount",
              "BlockedTaskCount",
              "StartedTaskCount",
              "QueueLength",
              "SliceCount",
              "BusyMicros",
              "LongestSliceMicros",
              "LagMicros");
    }
    assertThat(server.isRegistered(name)).as("afterwards").isFalse();
  }

  @Test
  void showsAllLoopsOfOneNameAndEachOnce() throws Exception {
    String odd = "odd, \"name\"=*?\\";
    try (EventLoop first = EventLoop.start(odd);
        EventLoop second = EventLoop.start(odd);
        EventLoop third = EventLoop.start(odd)) {
      for (EventLoop loop : List.of(first, first, second, third)) {
        LoopMetrics.register(loop);
      }
      String name = "dev.standstill:type=EventLoop,name=" + ObjectName.quote(odd);
      assertThat(registered(odd)).containsExactly(name, name + ",number=2", name + ",number=3");

      end(second);
      assertThat(registered(odd)).containsExactly(name, name + ",number=3");
    }
    assertThat(registered(odd)).isEmpty();
  }

  private static void end(EventLoop loop) {
    loop.close();
  }

  private Set<String> registered(String name) throws Exception {
    return server.queryNames(new ObjectName("dev.standstill:type=EventLoop,*"), null).stream()
        .filter(each -> ObjectName.unquote(each.getKeyProperty("name")).equals(name))
        .map(ObjectName::toString)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void showsNoLoopThatHasEnded() throws Exception {
    EventLoop loop = EventLoop.start("ended before");
    loop.close();
    LoopMetrics.register(loop);
    assertThat(registered("ended before")).isEmpty();
  }

  @Test
  void needsItsModuleAndSaysSo() throws Exception {
    Child.Result result =
        Jvm.run(
            List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--limit-modules=java.base,java.logging"),
            Unmanaged.class);

    assertThat(result.out())
        .isEqualTo(
            """
            1 task
            EventLoop "bare" cannot be registered for JMX, because this JVM runs without the module \
            java.management: add it with --add-modules java.management, or read LoopMetrics.of(loop).
            """);
  }

  @Test
  void showsALoopToAnotherProcess() throws Exception {
    try (Child shop = Child.start(Jvm.of(List.of(Jvm.agent()), MeasuredShop.class))) {
      String process = shop.readLine();
      VirtualMachine machine = VirtualMachine.attach(process);
      String address = machine.startLocalManagementAgent();
      machine.detach();
      try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
        MBeanServerConnection connection = connector.getMBeanServerConnection();
        EventLoopMXBean metrics =
            JMX.newMXBeanProxy(
                connection,
                new ObjectName("dev.standstill:type=EventLoop,name=\"shop\""),
                EventLoopMXBean.class);

        assertThat(metrics.getTaskCount()).isEqualTo(5);
        assertThat(metrics.getBlockedTaskCount()).isEqualTo(5);
        assertThat(metrics.taskTree().replaceAll(" at [^ ,\n]+", "").lines())
            .containsExactly(
                "EventLoop \"shop\": 5 tasks.",
                "\"stock\" WAITING, started by \"main\"",
                "\"server\" WAITING for \"order-1\", started by \"main\"",
                "├─ \"order-1\" WAITING for \"stock\"",
                "├─ \"order-2\" WAITING for \"stock\"",
                "└─ \"order-3\" WAITING for \"stock\"");
      }
    }
  }
}
