package dev.gtmroutes.delivery;

/**
 * Counts equal rejections in a row. Many of them say that something is wrong with the flow, not with its records.
 * Numbers and ids in an answer do not make it a different one.
 */
final class RejectionRow {

    private String last;
    private int length;

    /** @return how many equal rejections there are in a row, these included */
    synchronized int add(Rejection rejection, int records) {
        String same = rejection.status() + " " + (rejection.answer() == null ? rejection.reason() : rejection.answer())
                .replaceAll("[\\w-]*\\d[\\w-]*", "#");
        length = same.equals(last) ? length + records : records;
        last = same;
        return length;
    }

    /** A record was delivered. */
    synchronized void end() {
        last = null;
        length = 0;
    }
}
