using Dsl.Runtime;
using Dsl.Tests.SemiSupervised;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Three steps of each scheme against PyTorch, with a network that has batch normalisation and one that has none, in
/// both targets.</summary>
public class SemiSupervisedGoldenTests
{
    /// <summary>The draws of a golden, by the member of <c>Draws</c>.</summary>
    private static readonly Dictionary<string, string> Draws = new()
    {
        ["InputShift"] = "weak_labeled_shift",
        ["PiModelFirstShift"] = "first_unlabeled_shift",
        ["PiModelSecondShift"] = "second_unlabeled_shift",
        ["FirstShift"] = "first_unlabeled_shift",
        ["SecondShift"] = "second_unlabeled_shift",
        ["TemporalEnsemblingShift"] = "weak_unlabeled_shift",
        ["VatShift"] = "weak_unlabeled_shift",
        ["VatDirection"] = "direction",
        ["UnlabeledShift"] = "weak_unlabeled_shift",
        ["PseudoLabelShift"] = "weak_unlabeled_shift",
        ["WeakShift"] = "weak_unlabeled_shift",
        ["StrongShift"] = "strong_unlabeled_shift",
        ["StrongNoise"] = "strong_unlabeled_noise",
        ["MixMatchShare"] = "share",
        ["MixMatchPartners"] = "partners",
        ["StudentShift"] = "student_unlabeled_shift",
        ["TeacherShift"] = "teacher_unlabeled_shift",
    };

    public static TheoryData<string, Func<object, IDisposable>> Cases => new()
    {
        { "pi_model_mlp", model => new PiModelMlp((Mlp)model) },
        { "pi_model_mlp", model => new PiModelMlpAutograd((Mlp)model) },
        { "pi_model_cnn", model => new PiModelCnn((Cnn)model) },
        { "pi_model_cnn", model => new PiModelCnnAutograd((Cnn)model) },
        { "temporal_ensembling_mlp", model => new TemporalEnsemblingMlp((Mlp)model) },
        { "temporal_ensembling_mlp", model => new TemporalEnsemblingMlpAutograd((Mlp)model) },
        { "temporal_ensembling_cnn", model => new TemporalEnsemblingCnn((Cnn)model) },
        { "temporal_ensembling_cnn", model => new TemporalEnsemblingCnnAutograd((Cnn)model) },
        { "vat_mlp", model => new VatMlp((Mlp)model) },
        { "vat_mlp", model => new VatMlpAutograd((Mlp)model) },
        { "vat_cnn", model => new VatCnn((Cnn)model) },
        { "vat_cnn", model => new VatCnnAutograd((Cnn)model) },
        { "vat_twice_mlp", model => new VatTwiceMlp((Mlp)model) },
        { "vat_twice_mlp", model => new VatTwiceMlpAutograd((Mlp)model) },
        { "vat_twice_cnn", model => new VatTwiceCnn((Cnn)model) },
        { "vat_twice_cnn", model => new VatTwiceCnnAutograd((Cnn)model) },
        { "entropy_mlp", model => new EntropyMlp((Mlp)model) },
        { "entropy_mlp", model => new EntropyMlpAutograd((Mlp)model) },
        { "entropy_cnn", model => new EntropyCnn((Cnn)model) },
        { "entropy_cnn", model => new EntropyCnnAutograd((Cnn)model) },
        { "pseudo_label_mlp", model => new PseudoLabelMlp((Mlp)model) },
        { "pseudo_label_mlp", model => new PseudoLabelMlpAutograd((Mlp)model) },
        { "pseudo_label_cnn", model => new PseudoLabelCnn((Cnn)model) },
        { "pseudo_label_cnn", model => new PseudoLabelCnnAutograd((Cnn)model) },
        { "fixmatch_mlp", model => new FixMatchMlp((Mlp)model) },
        { "fixmatch_mlp", model => new FixMatchMlpAutograd((Mlp)model) },
        { "fixmatch_cnn", model => new FixMatchCnn((Cnn)model) },
        { "fixmatch_cnn", model => new FixMatchCnnAutograd((Cnn)model) },
        { "uda_mlp", model => new UdaMlp((Mlp)model) },
        { "uda_mlp", model => new UdaMlpAutograd((Mlp)model) },
        { "uda_cnn", model => new UdaCnn((Cnn)model) },
        { "uda_cnn", model => new UdaCnnAutograd((Cnn)model) },
        { "uda_log_mlp", model => new UdaLogarithmicMlp((Mlp)model) },
        { "uda_log_mlp", model => new UdaLogarithmicMlpAutograd((Mlp)model) },
        { "uda_log_cnn", model => new UdaLogarithmicCnn((Cnn)model) },
        { "uda_log_cnn", model => new UdaLogarithmicCnnAutograd((Cnn)model) },
        { "uda_linear_mlp", model => new UdaLinearMlp((Mlp)model) },
        { "uda_linear_mlp", model => new UdaLinearMlpAutograd((Mlp)model) },
        { "uda_linear_cnn", model => new UdaLinearCnn((Cnn)model) },
        { "uda_linear_cnn", model => new UdaLinearCnnAutograd((Cnn)model) },
        { "uda_exp_mlp", model => new UdaExponentialMlp((Mlp)model) },
        { "uda_exp_mlp", model => new UdaExponentialMlpAutograd((Mlp)model) },
        { "uda_exp_cnn", model => new UdaExponentialCnn((Cnn)model) },
        { "uda_exp_cnn", model => new UdaExponentialCnnAutograd((Cnn)model) },
        { "mixmatch_mlp", model => new MixMatchMlp((Mlp)model) },
        { "mixmatch_mlp", model => new MixMatchMlpAutograd((Mlp)model) },
        { "mixmatch_cnn", model => new MixMatchCnn((Cnn)model) },
        { "mixmatch_cnn", model => new MixMatchCnnAutograd((Cnn)model) },
        { "mean_teacher_mlp", model => new MeanTeacherMlp((Mlp)model) },
        { "mean_teacher_mlp", model => new MeanTeacherMlpAutograd((Mlp)model) },
        { "mean_teacher_cnn", model => new MeanTeacherCnn((Cnn)model) },
        { "mean_teacher_cnn", model => new MeanTeacherCnnAutograd((Cnn)model) },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Three_steps(string name, Func<object, IDisposable> create)
    {
        var golden = Golden.Load("semi_supervised/" + name);
        nn.Module<Tensor, Tensor> model = name.EndsWith("_mlp", StringComparison.Ordinal) ? new Mlp() : new Cnn();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = create(model);
        new TrainerRun(golden, trainer, Draws).Check((ParameterArena)((dynamic)model).Arena, model.state_dict(), step =>
            name.StartsWith("mean_teacher", StringComparison.Ordinal) && step > 0
                ? ((nn.Module)((dynamic)trainer).Teacher).state_dict()
                : null);
    }
}
