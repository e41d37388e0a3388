// SPDX-License-Identifier: Apache-2.0
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All that is remembered of a record, in its id: {@code single.17.3.b.good}.
 *
 * @param flow   the flow it was given to
 * @param source number of the file or request it came in; a flow's sources are numbered in the order of their coming
 * @param number place in that source, from 0
 * @param owner  whose record it is
 * @param kind   good, poison (the destination refuses it) or malformed (it cannot be read)
 */
record RecordId(String flow, int source, int number, String owner, String kind) {

    static final Pattern TEXT = Pattern.compile("([a-z]+)\\.(\\d+)\\.(\\d+)\\.([a-z])\\.(good|poison|malformed)");

    /** Hundreds of thousands are remembered: they share their words. */
    static RecordId of(Matcher found) {
        return new RecordId(found.group(1).intern(), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)),
                found.group(4).intern(), found.group(5).intern());
    }

    /** @return null if there is none in the text */
    static RecordId in(String text) {
        Matcher found = TEXT.matcher(text);
        return found.find() ? of(found) : null;
    }

    boolean isPoison() {
        return kind.equals("poison");
    }

    boolean isMalformed() {
        return kind.equals("malformed");
    }

    @Override
    public String toString() {
        return flow + "." + source + "." + number + "." + owner + "." + kind;
    }
}
