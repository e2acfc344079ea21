namespace Dsl.Runtime;

/// <summary>How many operators were called through libtorch's C interface, for the benchmark. TorchSharp's calls are not among
/// them.</summary>
internal static class OperatorCount
{
    /// <summary>The switch of the process (<see cref="AppContext"/>) that turns counting on, before the first call.</summary>
    public const string Switch = "Dsl.CountOperators";

    // Constant for the JIT: where it is off, nothing is left of a call.
    private static readonly bool IsOn = AppContext.TryGetSwitch(Switch, out bool isOn) && isOn;

    /// <summary>Calls of the process so far; 0 where they are not counted.</summary>
    public static long Total { get; private set; }

    /// <summary>One more.</summary>
    public static void Add()
    {
        if (IsOn) Total++;
    }
}
