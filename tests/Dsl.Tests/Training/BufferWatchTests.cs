using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static Dsl.Tests.Runs.NonFiniteCase;

namespace Dsl.Tests.Runs;

/// <summary>Running statistics are NaN beside losses that are finite: training reads those of the batch.</summary>
public class BufferWatchTests
{
    [Fact]
    public void A_buffer_that_is_not_finite_ends_the_run_after_its_epoch()
    {
        using var data = Noise(20);
        using var trainer = new StoppingAtNonFinite(Fresh());
        var error = Assert.Throws<DivergedException>(() => trainer.Fit(data, new Told
        {
            Step = step =>
            {
                if (step == 2) trainer.Model.named_buffers().First(pair => pair.name == "1.running_var").buffer.fill_(double.NaN);
            },
        }));
        Assert.Contains("after step 5 '1.running_var' of Noted", error.Message, StringComparison.Ordinal);
        Assert.Equal(5, trainer.StepCount);
    }
}
