namespace Dsl;

/// <summary>A model with latent numbers whose evidence lower bound grows.</summary>
public abstract class VariationalAttribute : SchemeAttribute
{
    /// <summary>β, the weight of the divergence: 1 for the ELBO, habitually up to 10 for latent numbers that are independent.
    /// A large one ends in z that say nothing.</summary>
    [Interval("[0, inf)")]
    public double Beta { get; set; } = 1;

    /// <summary>What the decoder's output says of a sample.</summary>
    public Likelihood Likelihood { get; set; } = Likelihood.Bernoulli;

    /// <summary>σ of <see cref="Dsl.Likelihood.Gaussian"/>, in units of the samples: how exact a reconstruction is asked for. It
    /// weighs reconstruction against divergence, as β does.</summary>
    [Interval("(0, inf)")]
    public double Deviation { get; set; } = 1;

    /// <summary>Epochs in which the divergence's weight grows evenly from 0 to β (Bowman et al. 2016,
    /// arXiv 1511.06349; Sønderby et al. 2016, arXiv 1602.02282); 0 for β from the first step on.</summary>
    [Interval("[0, inf)")]
    public int RampUpEpochs { get; set; }

    /// <summary>The same in steps.</summary>
    [Interval("[0, inf)")]
    public int RampUpSteps { get; set; }
}
