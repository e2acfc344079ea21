namespace Dsl.Runtime;

/// <summary>How strange a class is for a sample, by which a conformal classifier leaves classes out.</summary>
public enum ConformalScore
{
    /// <summary>1 − p_k: the smallest sets on average, the same threshold for all samples (Sadinle, Lei and Wasserman 2019,
    /// arXiv 1609.00451). A sample that nothing is likely for has an empty set.</summary>
    Threshold,

    /// <summary>The probability of all classes that are likelier than k, and a random part u of p_k: sets that grow where the
    /// classifier is unsure (Romano, Sesia and Candès 2020, arXiv 2006.02544, equations 6 to 8, APS). u is uniform on [0, 1),
    /// one for each sample.</summary>
    Adaptive,

    /// <summary>The same with all of p_k, and nothing that is drawn: the promise holds as well, but where a classifier is very
    /// sure, its likeliest class can lie above the threshold and the set be empty.</summary>
    AdaptiveWhole,
}
