using static TorchSharp.torch;

namespace Dsl.Runtime;

// Networks that are asked and not trained: what they compute on their way to an answer.
internal sealed partial class StepMemory
{
    private int _made;

    /// <summary>Whether nothing of what is computed now lies outside of a step's memory, as far as the steps before
    /// tell.</summary>
    public static bool HoldsAll => s_current is { } memory && memory._course switch
    {
        Course.Planned => memory._plan!.IsSelfContained,
        Course.Open => memory._plans.Count > 0 && memory._plans.TrueForAll(static plan => plan.IsSelfContained),
        _ => false,
    };

    /// <summary>Tells how many tensors an asked network has left that are not the step's.</summary>
    public static void TellMade(int count)
    {
        if (s_current is { } memory) memory._made += count;
    }

    /// <summary>Values that were taken so far in the step that runs on this thread; 0 where none runs.</summary>
    public static int Mark() => s_current is not { } memory ? 0
        : memory._course == Course.Planned ? memory._taken : memory._trace.Values.Count;

    /// <summary>Gives back what was taken since then, but for an answer and what it is a view of.</summary>
    /// <param name="mark">From <see cref="Mark"/>.</param>
    /// <param name="answer">What is read on.</param>
    public static void GiveBackSince(int mark, Tensor answer)
    {
        if (s_current is { } memory) memory.GiveBack(mark, answer);
    }

    private void GiveBack(int mark, Tensor answer)
    {
        nint answered = 0;
        for (int number = mark; ; number++)
        {
            Tensor? value;
            if (_course == Course.Planned)
            {
                if (number >= _taken) return;
                value = _plan!.Places[number].Current;
            }
            else
            {
                if (number >= _trace.Values.Count) return;
                value = _trace.Live(number);
            }

            if (value is null || ReferenceEquals(value, answer)) continue;
            if (value.IsInvalid)
            {
                // Its scope has freed it.
                HasBack(value);
                continue;
            }

            if (answered == 0) answered = First(answer);
            if (answered >= First(value) && answered <= Last(value)) continue;
            value.Free();
        }
    }

    private static unsafe nint First(Tensor tensor) => (nint)TensorMemory.Pointer(tensor);

    private static nint Last(Tensor tensor) => First(tensor) + (nint)(Math.Max(1, tensor.numel()) * tensor.element_size() - 1);
}
