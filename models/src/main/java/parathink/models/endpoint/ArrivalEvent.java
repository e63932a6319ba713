package parathink.models.endpoint;

import java.util.Optional;
import parathink.models.FinishReason;
import parathink.models.ModelException;

/** What the strategy's thread takes of a completion on its way. */
sealed interface ArrivalEvent {
    /** A part of the text. */
    record Got(Piece piece) implements ArrivalEvent {}

    /** The end, with the server's word for its reason. */
    record End(String reason, Optional<Piece.Count> count) implements ArrivalEvent {
        /**
         * The reason in our words; one that is not known is the model's own end.
         *
         * @param limit that of a text that came to its limit of tokens
         */
        FinishReason finish(FinishReason limit) {
            return switch (reason) {
                case "length" -> limit;
                case "content_filter", "abort" -> FinishReason.CANCELLED;
                default -> FinishReason.STOP;
            };
        }
    }

    /** What has arrived so far is lost, and the text begins again. */
    record Restarted() implements ArrivalEvent {}

    /** There is no completion. */
    record Failed(ModelException reason) implements ArrivalEvent {}
}
