// SPDX-License-Identifier: Apache-2.0
package dev.gtmroutes.sandbox.exports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * One activity of the sandbox's People.ai. All about it follows from its day and its number, so that none has to be kept.
 *
 * @param day    when it took place
 * @param number from 0, among those of its day
 * @param perDay how many there are in a day
 */
record Activity(LocalDate day, int number, int perDay) {

    private static final List<String> TYPES = List.of("email", "meeting", "call");
    private static final int LATE = 10;
    private static final int ACCOUNTS = 50;

    /** What tells it apart from all others. */
    String uid() {
        return "%s-%06d".formatted(day, number);
    }

    String type() {
        return TYPES.get(number % TYPES.size());
    }

    /** How many of a type there are among the first so many. */
    static int ofType(String type, int activities) {
        int size = TYPES.size();
        return (activities - TYPES.indexOf(type) + size - 1) / size;
    }

    /** The number, among those of any type, of the one that is this far among those of its type. */
    static int numberOf(String type, int index) {
        return index * TYPES.size() + TYPES.indexOf(type);
    }

    Instant timestamp() {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant().plusSeconds(86_400L * number / perDay);
    }

    /** Whether People.ai got to know it a day late: one in ten. */
    private static boolean isLate(int number) {
        return number % LATE == LATE - 1;
    }

    /** When People.ai got to know it. */
    Instant ingested() {
        return isLate(number) ? timestamp().plus(1, ChronoUnit.DAYS) : timestamp();
    }

    LocalDate ingestedDay() {
        return isLate(number) ? day.plusDays(1) : day;
    }

    /** The activity of this number among those People.ai got to know on this day. */
    static Activity ingestedOn(LocalDate day, int number, int perDay) {
        return new Activity(isLate(number) ? day.minusDays(1) : day, number, perDay);
    }

    /**
     * Its record.
     *
     * @param length how long it is to be, in bytes; an attribute that no document knows fills it up
     */
    String json(int length) {
        String record = """
                {"uid":"%s","activity_type":"%s",%s"timestamp":"%s","created_at":"%s","user_id":%d,"account_id":%d,\
                "account_crm_id":"001-%06d","opportunity_id":null,"opportunity_ids":[],"matched_to":"account",\
                "external":true,"is_partner":false,"direction":"%s","activity_source_id":"src-%s",\
                "number_of_participants":%d,"x_summary":""}""".formatted(uid(), type(), ofType(), timestamp(), ingested(),
                1000 + number % 25, account(), account(), number % 2 == 0 ? "outbound" : "inbound", uid(),
                participants());
        int missing = length - record.length();
        return missing <= 0 ? record : record.substring(0, record.length() - 2) + "x".repeat(missing) + "\"}";
    }

    private String ofType() {
        return switch (type()) {
            case "email" -> "\"subtype\":\"%s email\",\"in_reply_to_source_id\":null,"
                    .formatted(number % 2 == 0 ? "outbound" : "inbound");
            case "meeting" -> "\"subtype\":\"in-person meeting\",\"meeting_status\":\"completed\",\"duration\":1800.50,";
            default -> "\"subtype\":\"conference call\",\"outbound_phone_number\":\"+1 555 0100\",\"duration\":90.0,";
        };
    }

    private int account() {
        return 500 + number % ACCOUNTS;
    }

    /** How many took part. */
    int participants() {
        return 2;
    }

    /** The record of one who took part; {@code index} is from 0. */
    String participant(int index) {
        return """
                {"id":%d,"activity_uid":"%s","user_id":%s,"name":"Person %d","email":"person%d@example.com",\
                "job_title":null,"external":%b,"is_originator":%b,"account_id":%d,"activity_timestamp":"%s",\
                "created_at":"%s","deleted":false,"duration":60}""".formatted(2L * number + index + 1, uid(),
                index == 0 ? 1000 + number % 25 : "null", number, number, index > 0, index == 0,
                account(), timestamp(), ingested());
    }
}
