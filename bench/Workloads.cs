using static TorchSharp.torch;

namespace Bench;

/// <summary>Our side of a workload: one training step on the next of a few batches of random data in memory.</summary>
/// <param name="Name">The workload's name on both sides.</param>
/// <param name="Target">explicit or autograd.</param>
internal sealed record Workload(string Name, string Target, Action<int> Step)
{
    // As many as the PyTorch side keeps: the data comes from memory, not from the cache of one batch.
    private const int Batches = 16;

    /// <summary>Every workload in both targets.</summary>
    public static IEnumerable<Func<Workload>> All =>
    [
        () => Mlp(new MlpExplicit(new Mlp()).Step),
        () => MlpOnAutograd(new MlpAutograd(new Mlp()).Step),
        () => Cnn(new CnnExplicit(new Cnn()).Step),
        () => CnnOnAutograd(new CnnAutograd(new Cnn()).Step),
        () => Gpt(new GptExplicit(new Gpt()).Step),
        () => GptOnAutograd(new GptAutograd(new Gpt()).Step),
        () => Distill(new DistillExplicit(new Student(), new Teacher()).Step),
        () => DistillOnAutograd(new DistillAutograd(new Student(), new Teacher()).Step),
        () => MeanTeacher(new MeanTeacherExplicit(new NoisyTeacher()).Step),
        () => MeanTeacherOnAutograd(new MeanTeacherAutograd(new NoisyTeacher()).Step),
        () => Lstm(new LstmExplicit(new LongMemory()).Step),
        () => LstmOnAutograd(new LstmAutograd(new LongMemory()).Step),
        () => Gru(new GruExplicit(new GatedUnits()).Step),
        () => GruOnAutograd(new GruAutograd(new GatedUnits()).Step),
    ];

    private static Workload Mlp(Func<MlpExplicit.Batch, MlpExplicit.Losses> step) => Over("mlp-adam", "explicit", 64, [784], b => step(new(b.Input, b.Label)));

    private static Workload MlpOnAutograd(Func<MlpAutograd.Batch, MlpAutograd.Losses> step) =>
        Over("mlp-adam", "autograd", 64, [784], b => step(new(b.Input, b.Label)));

    private static Workload Cnn(Func<CnnExplicit.Batch, CnnExplicit.Losses> step) =>
        Over("cnn-adam", "explicit", 64, [1, 28, 28], b => step(new(b.Input, b.Label)));

    private static Workload CnnOnAutograd(Func<CnnAutograd.Batch, CnnAutograd.Losses> step) =>
        Over("cnn-adam", "autograd", 64, [1, 28, 28], b => step(new(b.Input, b.Label)));

    private static Workload Gpt(Func<GptExplicit.Batch, GptExplicit.Losses> step) =>
        OverTokens("gpt-adam", "explicit", b => step(new(b.Input, b.Label)));

    private static Workload GptOnAutograd(Func<GptAutograd.Batch, GptAutograd.Losses> step) =>
        OverTokens("gpt-adam", "autograd", b => step(new(b.Input, b.Label)));

    private static Workload Distill(Func<DistillExplicit.Batch, DistillExplicit.Losses> step) =>
        Over("mlp-distill", "explicit", 64, [1, 8, 8], b => step(new(b.Input)));

    private static Workload DistillOnAutograd(Func<DistillAutograd.Batch, DistillAutograd.Losses> step) =>
        Over("mlp-distill", "autograd", 64, [1, 8, 8], b => step(new(b.Input)));

    private static Workload MeanTeacher(Func<MeanTeacherExplicit.Batch, MeanTeacherExplicit.Losses> step) =>
        Over("mean-teacher", "explicit", 32, [1, 8, 8], b => step(new(b.Input, b.Label, b.Unlabeled)));

    private static Workload MeanTeacherOnAutograd(Func<MeanTeacherAutograd.Batch, MeanTeacherAutograd.Losses> step) =>
        Over("mean-teacher", "autograd", 32, [1, 8, 8], b => step(new(b.Input, b.Label, b.Unlabeled)));

    private static Workload Lstm(Func<LstmExplicit.Batch, LstmExplicit.Losses> step) =>
        Over("lstm-adam", "explicit", 64, [32, 64], b => step(new(b.Input, b.Label)));

    private static Workload LstmOnAutograd(Func<LstmAutograd.Batch, LstmAutograd.Losses> step) =>
        Over("lstm-adam", "autograd", 64, [32, 64], b => step(new(b.Input, b.Label)));

    private static Workload Gru(Func<GruExplicit.Batch, GruExplicit.Losses> step) =>
        Over("gru-adam", "explicit", 64, [32, 64], b => step(new(b.Input, b.Label)));

    private static Workload GruOnAutograd(Func<GruAutograd.Batch, GruAutograd.Losses> step) =>
        Over("gru-adam", "autograd", 64, [32, 64], b => step(new(b.Input, b.Label)));

    private static Workload Over<T>(string name, string target, int samples, long[] shape, Func<(Tensor Input, Tensor Label, Tensor Unlabeled), T> step)
    {
        var batches = Enumerable.Range(0, Batches).Select(_ => (
            Input: rand([samples, .. shape]),
            Label: randint(0, 10, new long[] { samples }, ScalarType.Int64),
            Unlabeled: rand([2 * samples, .. shape]))).ToArray();
        return new Workload(name, target, index => step(batches[index % Batches]));
    }

    private static Workload OverTokens<T>(string name, string target, Func<(Tensor Input, Tensor Label), T> step)
    {
        var batches = Enumerable.Range(0, Batches).Select(_ => (Input: Tokens(), Label: Tokens())).ToArray();
        return new Workload(name, target, index => step(batches[index % Batches]));

        static Tensor Tokens() => randint(0, 65, new long[] { 12, 64 }, ScalarType.Int64);
    }
}
