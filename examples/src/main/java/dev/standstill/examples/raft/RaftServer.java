package dev.standstill.examples.raft;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadFactory;

/** A node that others reach by the name of its host. */
public final class RaftServer {

  private RaftServer() {}

  /** Runs one of {@code hosts} until it is stopped. */
  public static void run(String name, List<String> hosts, Storage storage, RaftListener listener)
      throws InterruptedException {
    ThreadFactory threads = Thread.ofPlatform().name("raft").factory();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, threads, NioIoHandler.newFactory());
    List<String> peers = hosts.stream().filter(host -> !host.equals(name)).toList();
    RaftNode node = new RaftNode(name, peers, storage, listener, group.next());
    node.start().sync().channel().closeFuture().sync();
  }

  /** Takes its name, its folder, and the names of all. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<String> words = List.of(args);
    Storage storage = new Storage(Path.of(words.get(1)));
    run(words.getFirst(), words.subList(2, words.size()), storage, new Printed());
  }

  /** Tells on the console what goes on. */
  private static final class Printed implements RaftListener {

    @Override
    public void leads(String node, long term) {
      System.out.println("%s leads in term %d".formatted(node, term));
    }

    @Override
    public void committed(String node, int index, long term, String command) {
      System.out.println("%s has %s at %d".formatted(node, command, index));
    }
  }
}
