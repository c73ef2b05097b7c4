import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.backend.memory.index.MemoryUniqueIndex;
import de.bwaldvogel.mongo.bson.Document;
import java.util.List;
import javassist.CannotCompileException;
import javassist.ClassPool;
import javassist.CtClass;
import javassist.expr.ExprEditor;
import javassist.expr.MethodCall;

/**
 * A server in memory that speaks MongoDB's protocol, on a free port of this machine. Prints its address, and ends with
 * its standard input, so that it never outlives whoever started it. What it lacks is in docs/adr/0007-mongodb.md.
 */
public final class MongoForTests {
  public static void main(String[] args) throws Exception {
    compareTextsByCodePoint();
    var server = new MongoServer(new Backend().version(new Version()));
    try {
      System.out.println("mongodb://127.0.0.1:" + server.bind().getPort());
      while (System.in.read() >= 0) {
        // Nothing that is said to it means anything.
      }
    } finally {
      server.shutdownNow();
    }
  }

  /** The oldest that the driver speaks to; the library calls itself older, for want of commands that nobody here uses. */
  private record Version() implements MongoVersion {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(4, 4, 0);
    }

    @Override
    public int getWireVersion() {
      return 9;
    }
  }

  private static final class Backend extends MemoryBackend {
    @Override
    public MemoryDatabase openOrCreateDatabase(String name) {
      return new Database(name, getCursorRegistry());
    }
  }

  private static final class Database extends MemoryDatabase {
    Database(String name, CursorRegistry cursors) {
      super(name, cursors);
    }

    @Override
    protected Index<Integer> openOrCreateUniqueIndex(
        String collection, String name, List<IndexKey> keys, boolean sparse) {
      return new IdFirstIndex(name, keys, sparse);
    }
  }

  /** Finds by `_id` what is asked for by `_id` and more; the library would then look at every document. */
  private static final class IdFirstIndex extends MemoryUniqueIndex {
    IdFirstIndex(String name, List<IndexKey> keys, boolean sparse) {
      super(name, keys, sparse);
    }

    @Override
    public synchronized boolean canHandle(Document query) {
      return super.canHandle(byId(query));
    }

    @Override
    public synchronized Iterable<Integer> getPositions(Document query) {
      return super.getPositions(byId(query));
    }

    private static Document byId(Document query) {
      return query.containsKey("_id") ? new Document("_id", query.get("_id")) : query;
    }
  }

  /** MongoDB compares texts by their bytes in UTF-8, the library by units of UTF-16. */
  private static void compareTextsByCodePoint() throws Exception {
    CtClass comparator = ClassPool.getDefault().get("de.bwaldvogel.mongo.backend.ValueComparator");
    comparator
        .getDeclaredMethod("doCompare")
        .instrument(
            new ExprEditor() {
              @Override
              public void edit(MethodCall call) throws CannotCompileException {
                if (call.getClassName().equals("java.lang.String") && call.getMethodName().equals("compareTo"))
                  call.replace("$_ = MongoForTests.compareByCodePoint($0, (String) $1);");
              }
            });
    comparator.toClass(Class.forName("de.bwaldvogel.mongo.backend.Missing"));
  }

  /** Called by the comparator. Surrogates stand for what comes behind all that one unit can say. */
  public static int compareByCodePoint(String one, String other) {
    for (int at = 0; at < Math.min(one.length(), other.length()); at++) {
      char a = one.charAt(at);
      char b = other.charAt(at);
      if (a == b) continue;
      if (Character.isSurrogate(a) == Character.isSurrogate(b)) return a - b;
      return Character.isSurrogate(a) ? 1 : -1;
    }
    return one.length() - other.length();
  }
}
