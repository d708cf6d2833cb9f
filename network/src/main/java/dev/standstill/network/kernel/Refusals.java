package dev.standstill.network.kernel;

import java.net.SocketAddress;

/** Why somebody cannot be reached, and how the machine's network can. */
final class Refusals {

  private static final String ALLOW =
      "on the network of loop \"%s\", which is in memory; to reach the machine's, allow it with allowReal(\"%s\"), --allow-real %s or the parameter standstill.allowReal";

  private final World world;

  Refusals(World world) {
    this.world = world;
  }

  String nobodyListens(Node from, Node host, SocketAddress to) {
    String address = from.words(to);
    String nobody = "Connection refused: nobody listens on %s ".formatted(address);
    return from == host
        ? nobody + allow(Addresses.words(to))
        : "%son the network of loop \"%s\": host \"%s\" has no server there now"
            .formatted(nobody, world.name(), host);
  }

  String nobodyHas(SocketAddress address) {
    String words = Addresses.words(address);
    return "No route to host: nobody has the address %s %s".formatted(words, allow(words));
  }

  String nobodyIsCalled(String name) {
    return "%s: nobody has this name %s".formatted(name, allow(name + ":PORT"));
  }

  private String allow(String address) {
    return ALLOW.formatted(world.name(), address, address);
  }
}
