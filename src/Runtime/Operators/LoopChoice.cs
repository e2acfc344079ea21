namespace Dsl.Runtime;

/// <summary>
/// Who runs what a training step does beside its products, where several operators can be one pass over memory: loops of our
/// own, which are kernels on a CUDA device, or libtorch operator by operator. The environment variable <c>DSL_LOOPS</c> says
/// <c>libtorch</c> for the second; <c>dsl</c>, or nothing, is the first.
/// </summary>
/// <remarks>Loops take 32-bit numbers in the memory of the processor or of a GPU, without gaps and outside of autograd, and hand
/// everything else to libtorch, whatever the variable says.</remarks>
public static class LoopChoice
{
    private const string Variable = "DSL_LOOPS";

    private static readonly bool s_isOurs = Asked(Environment.GetEnvironmentVariable(Variable));

    /// <summary>What to do where kernels cannot run, for messages.</summary>
    internal const string WithoutKernels = $"{Variable}=libtorch in the environment has libtorch compute without kernels.";

    /// <summary>Whether loops are ours where they can be.</summary>
    public static bool IsOurs => s_isOurs;

    /// <summary>Whether a loop of ours may run now: autograd would not see it.</summary>
    internal static bool CanRun => s_isOurs && LibTorchAbi.GradModeIsEnabled() == 0;

    /// <summary>What a value of the variable asks for.</summary>
    /// <exception cref="InvalidOperationException">The variable has a value that means nothing.</exception>
    internal static bool Asked(string? value) => value switch
    {
        null or "" or "dsl" => true,
        "libtorch" => false,
        _ => throw new InvalidOperationException(
            $"The environment variable {Variable} is \"{value}\"; it can be \"libtorch\" or \"dsl\", or unset."),
    };
}
