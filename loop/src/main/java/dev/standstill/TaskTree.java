package dev.standstill;

import dev.standstill.core.CodeOwner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of {@link EventLoop#taskTree}: who started whom, and who waits for whom. However many
 * tasks there are, there are few lines: those that look alike, with what they have started, are
 * told as one.
 */
final class TaskTree {

  /** Up to so many tasks that are alike are shown one by one. */
  private static final int ALIKE = 3;

  private static final int LINES = 300;

  private static final int DEPTH = 20;

  /** What tells that two tasks are alike: {@code below} are the numbers of such of the children. */
  private record Shape(
      Thread.State state,
      String place,
      TaskSnapshot.@Nullable Peer startedBy,
      TaskSnapshot.@Nullable Peer waitsFor,
      Set<Integer> below) {}

  /** A task in the tree. */
  private static final class Node {
    final TaskSnapshot task;
    final String place;
    final List<Node> children = new ArrayList<>();
    int shape;
    int size = 1;

    Node(TaskSnapshot task) {
      this.task = task;
      this.place = CodeOwner.placeIn(task.stack()).map(frame -> " at " + frame).orElse("");
    }
  }

  private final SequencedMap<Long, Node> nodes = new LinkedHashMap<>();
  private final List<Node> roots = new ArrayList<>();
  private final Map<Shape, Integer> shapes = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();
  private int shown;

  private TaskTree(List<TaskSnapshot> tasks) {
    for (TaskSnapshot task : tasks) {
      nodes.put(task.thread().threadId(), new Node(task));
    }
    for (Node node : nodes.values()) {
      Node starter = starterOf(node);
      (starter == null ? roots : starter.children).add(node);
    }
    nodes.reversed().values().forEach(this::findShape);
  }

  /**
   * @param tasks in the order in which they were started
   * @param complete whether these are all
   */
  static String of(EventLoop loop, List<TaskSnapshot> tasks, boolean complete) {
    TaskTree tree = new TaskTree(tasks);
    tree.lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d %s.%s",
            loop,
            tasks.size(),
            tasks.size() == 1 ? "task" : "tasks",
            complete
                ? ""
                : " Others are missing: a task does not let go of the carrier, or whoever asked was interrupted."));
    tree.addAll(tree.roots, "", 0);
    if (tree.shown < tasks.size()) {
      tree.lines.add(String.format(Locale.ROOT, "… and %,d more tasks", tasks.size() - tree.shown));
    }
    tree.addCycle();
    return String.join(System.lineSeparator(), tree.lines);
  }

  /** A task starts later than its starter, but for its number that need not be so. */
  private @Nullable Node starterOf(Node node) {
    TaskSnapshot.Peer starter = node.task.startedBy();
    return starter == null || starter.threadId() == node.task.thread().threadId()
        ? null
        : nodes.get(starter.threadId());
  }

  /** For a task whose children have been asked before. */
  private void findShape(Node node) {
    Set<Integer> below = new TreeSet<>();
    for (Node child : node.children) {
      below.add(child.shape);
      node.size += child.size;
    }
    TaskSnapshot task = node.task;
    TaskSnapshot.Peer starter = starterOf(node) == null ? task.startedBy() : null;
    Shape shape = new Shape(task.state(), node.place, starter, task.waitsFor(), below);
    node.shape = shapes.computeIfAbsent(shape, key -> shapes.size());
  }

  private void addAll(List<Node> siblings, String indent, int depth) {
    Map<Integer, List<Node>> alike =
        siblings.stream()
            .collect(
                Collectors.groupingBy(node -> node.shape, LinkedHashMap::new, Collectors.toList()));
    int left = siblings.size();
    for (List<Node> group : alike.values()) {
      boolean folds = group.size() > ALIKE;
      for (Node node : folds ? group.subList(0, 1) : group) {
        left--;
        add(node, indent, left == 0, depth);
      }
      if (folds) {
        left -= group.size() - 1;
        addOthers(group.subList(1, group.size()), indent, left == 0, depth);
      }
    }
  }

  private void add(Node node, String indent, boolean last, int depth) {
    if (lines.size() >= LINES) {
      return;
    }
    shown++;
    lines.add(indent + branch(last, depth) + describe(node));
    if (!node.children.isEmpty()) {
      String below = indent + (depth == 0 ? "" : last ? "   " : "│  ");
      if (depth < DEPTH) {
        addAll(node.children, below, depth + 1);
      } else if (lines.size() < LINES) {
        shown += node.size - 1;
        lines.add(String.format(Locale.ROOT, "%s└─ %,d tasks below", below, node.size - 1));
      }
    }
  }

  private void addOthers(List<Node> others, String indent, boolean last, int depth) {
    if (lines.size() >= LINES) {
      return;
    }
    int all = others.stream().mapToInt(node -> node.size).sum();
    shown += all;
    String names =
        others.stream()
            .limit(ALIKE)
            .map(node -> '"' + node.task.name() + '"')
            .collect(Collectors.joining(", "));
    lines.add(
        String.format(
            Locale.ROOT,
            "%s%sand %,d more like this: %s%s%s",
            indent,
            branch(last, depth),
            others.size(),
            names,
            others.size() > ALIKE ? ", …" : "",
            all > others.size()
                ? String.format(Locale.ROOT, ", with %,d tasks below", all - others.size())
                : ""));
  }

  private static String branch(boolean last, int depth) {
    return depth == 0 ? "" : last ? "└─ " : "├─ ";
  }

  private String describe(Node node) {
    TaskSnapshot task = node.task;
    TaskSnapshot.Peer starter = task.startedBy();
    return "\"%s\" %s%s%s%s"
        .formatted(
            task.name(),
            task.state(),
            task.waitsFor() == null ? "" : " for \"" + task.waitsFor().name() + "\"",
            node.place,
            starter == null || starterOf(node) != null
                ? ""
                : ", started by \"" + starter.name() + "\"");
  }

  /** The first that is found of those who wait for each other. */
  private void addCycle() {
    Map<Long, Node> known = new TreeMap<>();
    for (Node start : nodes.values()) {
      SequencedMap<Long, Node> path = new LinkedHashMap<>();
      Node at = start;
      while (at != null && known.putIfAbsent(at.task.thread().threadId(), at) == null) {
        path.put(at.task.thread().threadId(), at);
        at = awaitedBy(at);
      }
      if (at != null && path.containsKey(at.task.thread().threadId())) {
        List<Node> all = List.copyOf(path.values());
        addCycle(all.subList(all.indexOf(at), all.size()));
        return;
      }
    }
  }

  private @Nullable Node awaitedBy(Node node) {
    TaskSnapshot.Peer awaited = node.task.waitsFor();
    return awaited == null ? null : nodes.get(awaited.threadId());
  }

  private void addCycle(List<Node> cycle) {
    String names =
        cycle.stream()
            .limit(DEPTH)
            .map(node -> '"' + node.task.name() + '"')
            .collect(Collectors.joining(" → "));
    lines.add(
        "%s: %s%s → \"%s\""
            .formatted(
                cycle.size() == 1 ? "It waits for itself" : "They wait for each other",
                names,
                cycle.size() > DEPTH ? " → …" : "",
                cycle.getFirst().task.name()));
  }
}
