namespace Dsl.Runtime;

/// <summary>Why a run ended.</summary>
public enum RunEnd
{
    /// <summary>All steps of the run are done.</summary>
    Completed,

    /// <summary>The validation data showed no improvement for as many epochs as <c>[EarlyStopping]</c> waits.</summary>
    StoppedEarly,

    /// <summary>There was no step to do: the run had ended before.</summary>
    NothingToDo,
}
