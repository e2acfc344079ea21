using System.Diagnostics;
using Xunit.Abstractions;

namespace Dsl.Torch.Tests.Door;

public class CallTimeTests(ITestOutputHelper output)
{
    [Fact]
    public void The_time_of_one_add_is_printed()
    {
        using var a = Sample.Vector(1);
        using var b = Sample.Vector(2);
        using var c = Sample.Vector(0);
        output.WriteLine($"Aten.add with autograd on: {Microseconds(() => Aten.add(a, b).Dispose()):F3} us");
        using (Aten.NoAutograd())
        {
            output.WriteLine($"Aten.add below autograd:   {Microseconds(() => Aten.add(a, b).Dispose()):F3} us");
            output.WriteLine($"Aten.add_ below autograd:  {Microseconds(() => Aten.add_(a, b)):F3} us");
            output.WriteLine($"Aten.add_out below it:     {Microseconds(() => Aten.add_out(c, a, b)):F3} us");
        }

        Assert.Equal(2, Sample.Read(b)[0]);
    }

    /// <summary>The best of several rounds: the machine may be busy with others.</summary>
    private static double Microseconds(Action call)
    {
        const int Calls = 20_000;
        var best = double.MaxValue;
        for (var round = 0; round < 15; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Calls; i++)
            {
                call();
            }

            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMicroseconds / Calls);
        }

        return best;
    }
}
