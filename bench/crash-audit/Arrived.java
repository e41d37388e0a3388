import java.util.List;

/** A request as the destination saw it. Its fields are written by the one thread that serves it. */
final class Arrived {

    /** In which run of the program it was sent, as its credential says. */
    final int run;
    final String flow;
    final List<RecordId> ids;
    /** Number of its answer, which a response webhook repeats. */
    final int answer;
    /** When it was carried out, in ns; 0 if it was not. */
    volatile long carriedOut;
    /** When its answer was written, in ns; 0 if it was not. */
    volatile long answered;
    /** Whether the destination itself broke the connection. */
    volatile boolean dropped;
    /** Whether the webhook was told of its answer. */
    volatile boolean told;

    Arrived(int run, String flow, List<RecordId> ids, int answer) {
        this.run = run;
        this.flow = flow;
        this.ids = ids;
        this.answer = answer;
    }
}
