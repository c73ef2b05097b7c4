import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
      return new IndexedCollection(this, name, options, cursorRegistry);
    }
  }

  /**
   * Has what would be found by an index at hand, and then looks at the whole query of those documents only. The library
   * keeps indexes that are not unique by name alone: it would look at every document, and compare each `_id` or each of
   * its terms with every one that is asked for, while nobody else can read the collection.
   */
  private static final class IndexedCollection extends MemoryCollection {
    private Index<Integer> byId;

    IndexedCollection(MongoDatabase database, String name, CollectionOptions options, CursorRegistry cursors) {
      super(database, name, options, cursors);
    }

    @Override
    public void addIndex(Index<Integer> index) {
      super.addIndex(index);
      if (index.getName().equals("_id_")) byId = index;
    }

    /** Nobody asks, and to know it each document is encoded once more. */
    @Override
    protected boolean tracksDataSize() {
      return false;
    }

    @Override
    protected QueryResult queryDocuments(
        Document query, Document orderBy, int skip, int limit, int batchSize, Document projection) {
      var idOnly = new Document("_id", query.get("_id"));
      if (query.containsKey("_id") && byId != null && byId.canHandle(idOnly)) {
        var rest = query.clone();
        rest.remove("_id");
        return matchDocuments(rest, byId.getPositions(idOnly), orderBy, skip, limit, batchSize, projection);
      }
      var wanted = new ArrayList<Set<?>>();
      collectTerms(query, wanted);
      if (wanted.isEmpty()) return super.queryDocuments(query, orderBy, skip, limit, batchSize, projection);
      var found =
          streamAllDocumentsWithPosition()
              .filter(it -> it.getDocument().get("terms") instanceof List<?> terms && hasOneOfEach(terms, wanted))
              .map(DocumentWithPosition::getPosition)
              .toList();
      return matchDocuments(query, found, orderBy, skip, limit, batchSize, projection);
    }

    /** The terms of which a document must have one, for each condition on them that must hold. */
    private static void collectTerms(Document query, List<Set<?>> wanted) {
      if (query.get("$and") instanceof List<?> all) {
        for (var part : all) if (part instanceof Document condition) collectTerms(condition, wanted);
      }
      if (query.get("terms") instanceof String term) wanted.add(Set.of(term));
      if (query.get("terms") instanceof Document condition && condition.get("$in") instanceof Collection<?> terms)
        wanted.add(new HashSet<>(terms));
    }

    private static boolean hasOneOfEach(List<?> terms, List<Set<?>> wanted) {
      return wanted.stream().allMatch(some -> terms.stream().anyMatch(some::contains));
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
