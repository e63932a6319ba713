package parathink.models.endpoint;

import java.util.List;
import java.util.OptionalLong;
import parathink.models.Account;
import parathink.models.Role;
import parathink.models.Seed;
import parathink.models.ServerCount;
import parathink.models.Standstill;

/** What one decode costs, put on the bill of its session as it comes to be known. Used by the strategy's thread. */
final class RowBill {
    private final EndpointSequence sequence;
    private final Account account;
    private final PromptCosts prompts;
    private final String prompt; // all that the model reads
    private final Role role;
    private long spanStart;
    private int tokens;
    private long lost; // tokens of tries that broke
    private OptionalLong counted = OptionalLong.empty(); // tokens of the prompt
    private long cached;

    /** Of a decode that begins, after what the strategy has heard. */
    RowBill(EndpointSequence sequence) {
        this.sequence = sequence;
        this.account = sequence.session().account();
        this.prompts = sequence.session().prompts();
        this.prompt = sequence.session().promptKey(sequence);
        this.role = sequence.role();
        this.spanStart = Math.max(sequence.node().span(), account.delivered());
    }

    /** Goes on after a pause: what the strategy has heard meanwhile comes before the next token. */
    void resume() {
        spanStart = Math.max(sequence.node().span(), account.delivered()) - tokens;
    }

    void charge(long more) {
        tokens += (int) more;
        account.chargeWork(role, more);
        if (more > 0) {
            sequence.node().extendSpan(spanStart + tokens);
            account.extendSpan(spanStart + tokens);
        }
    }

    /** The stream broke: its tokens were decoded before those that follow, and are in no completion. */
    void breaks() {
        spanStart += tokens;
        lost += tokens;
        tokens = 0;
    }

    /** Charges the tries that broke before a completion that an earlier process paid for. */
    void chargeLost(ServerCount known) {
        charge(known.lost());
        breaks();
    }

    /** Counts the prompt of such a completion, once all of its tokens are charged. */
    void countAgain(ServerCount known) {
        known.prompt()
                .ifPresentOrElse(
                        prompt -> count(new Piece.Count(prompt, known.cached(), tokens)), this::promptIsNotCounted);
    }

    /** The server has counted. */
    void count(Piece.Count count) {
        prompts.counted(prompt, role, count);
        counted = OptionalLong.of(count.prompt());
        cached = count.cached();
    }

    /** The prompt was read, and its count will not come. */
    void promptIsNotCounted() {
        prompts.uncounted(prompt, role);
    }

    /** Tokens of the completion so far. */
    int tokens() {
        return tokens;
    }

    /** Tokens that may still be decoded. */
    long left() {
        return account.left();
    }

    /** A hash of all that the model reads. */
    long read() {
        return Seed.of(0).child(prompt).value();
    }

    ServerCount serverCount(List<Standstill> pauses) {
        return new ServerCount(counted, cached, lost, OptionalLong.of(read()), pauses);
    }
}
