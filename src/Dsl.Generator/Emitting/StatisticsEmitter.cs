using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>Running statistics that are measured on the data.</summary>
internal static class StatisticsEmitter
{
    /// <summary>In the loop of <c>Fit</c>, behind a step and before its evaluation.</summary>
    public static void WriteCall(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Measured is not { } measured) return;
        code.Line($"if (StepCount % StepsPerEpoch == 0 && {measured.From})");
        code.Line($"    MeasureStatistics({Stream.Data.Argument});");
    }

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Measured is not { } measured) return;
        var player = measured.Player;
        code.Line();
        code.Summary(
            $"Measures the running statistics of <c>{player.Member}</c>, as the plain means of those of the batches of one pass "
            + "over the data, in an order of the seed's. <c>Fit</c> does it where it has to be done.");
        code.Line("/// <param name=\"data\">Inputs; labels are not read.</param>");
        using (code.Block("public void MeasureStatistics(IDataSource data)"))
        {
            code.Line(TrainerState.Guard);
            code.Line("ArgumentNullException.ThrowIfNull(data);");
            code.Line("using var sampler = new EpochSampler(data.Count, BatchSize, true, Seed, \"statistics\");");
            if (player.HasDropout)
            {
                code.Line("using var stream = new RandomStream(Seed, \"dropout of statistics\");");
                code.Line($"{player.Field}.DropoutStream = stream.At(StepCount);");
            }

            code.Line("(string Mean, string Variance, double Momentum)[] layers =");
            code.Line("[");
            foreach (var layer in measured.Layers)
                code.Line($"    (\"{layer.Mean}\", \"{layer.Variance}\", {Scalar.Literal(layer.Momentum)}),");
            code.Line("];");
            code.Line($"RunningStatistics.Measure({player.Field}, layers, sampler,");
            code.Line($"    indices => {player.Field}.forward(DataTransfer.To(data.ReadInputs(indices), _device)));");
        }
    }
}
